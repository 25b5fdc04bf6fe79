package org.omtpdm.client.listing;

import java.util.Optional;
import java.util.function.Predicate;
import org.omtpdm.client.file.FileProblem;

/**
 * What a List found, to be asked for in the order of keys.
 *
 * @param <R> one record
 */
public interface Records<R> {

    /** How many there are in all, 0 to 4294967295. */
    long count() throws FileProblem;

    /**
     * Gives one record after the other, beginning with the first whose key is greater, until there
     * are no more or the taker says no.
     *
     * @param after a key as {@link #key} makes it; empty for the beginning
     */
    void forEach(Optional<String> after, Predicate<R> taker) throws FileProblem;

    /** The key of a record, 1 to 255 bytes. */
    String key(R record);

    /** Whether nothing that should have been looked at was left out. */
    default boolean isComplete() {
        return true;
    }

    /** What was left out, in a few words; for incomplete records. */
    default String note() {
        return "";
    }

    /** Whether a later List can continue after a key; if not, there is one window only. */
    default boolean canContinue() {
        return true;
    }
}
