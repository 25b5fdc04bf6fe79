package org.omtpdm.objects.listing;

/** Where a listing begins (argument 4 of List). */
public sealed interface ListStart {

    /** What argument 4 says to continue. */
    String CONTINUE = "*";

    /** With the first record. */
    record Beginning() implements ListStart {}

    /** Where the last window of the same server ended (Cursor, resource 24). */
    record Continue() implements ListStart {}

    /**
     * With the first record after a key.
     *
     * @param key a pid, or a device path
     */
    record After(String key) implements ListStart {}
}
