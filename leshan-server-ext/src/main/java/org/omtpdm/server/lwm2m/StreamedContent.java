package org.omtpdm.server.lwm2m;

import java.io.IOException;

/**
 * Bytes too many for memory, read block by block. Thread-safe: blocks may be asked for in any order
 * and twice.
 */
public interface StreamedContent {

    /** Bytes altogether; doesn't change. */
    long size();

    /** One to eight bytes that differ when the content differs. */
    byte[] entityTag();

    /**
     * @param length at most 1024
     * @return exactly {@code length} bytes from {@code offset}, fewer only at the end
     * @throws IOException when it can't be read: the transfer ends with 5.03
     */
    byte[] read(long offset, int length) throws IOException;
}
