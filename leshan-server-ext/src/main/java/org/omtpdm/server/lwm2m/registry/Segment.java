package org.omtpdm.server.lwm2m.registry;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The format of journal and snapshot files: 8 bytes that name format and version, then records of
 * length (4 bytes), CRC-32C of the content (4 bytes) and content. A file may end anywhere: reading
 * stops at the first record that isn't whole.
 */
final class Segment {
    static final byte[] MAGIC = {'O', 'M', 'T', 'P', 'R', 'G', 0, 1};
    private static final int MAX_RECORD = 1 << 20;

    private Segment() {}

    /** A record as it stands in the file. */
    static byte[] frame(byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return ByteBuffer.allocate(8 + content.length)
                .putInt(content.length)
                .putInt((int) crc.getValue())
                .put(content)
                .array();
    }

    /**
     * Hands each whole record to {@code records}.
     *
     * @return the length of the file up to the end of the last whole record, or -1 when the file is
     *     too short to have its first 8 bytes
     * @throws IOException when it can't be read or is of a newer format
     */
    static long read(Path file, Consumer<byte[]> records) throws IOException {
        try (var in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            var magic = in.readNBytes(MAGIC.length);
            if (magic.length < MAGIC.length) {
                return -1;
            }
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException(
                        file.getFileName()
                                + " is not a registration journal of this version; it may come"
                                + " from a newer server");
            }
            long good = MAGIC.length;
            while (true) {
                var content = next(in);
                if (content == null) {
                    return good;
                }
                records.accept(content);
                good += 8 + content.length;
            }
        }
    }

    private static byte[] next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int expected = in.readInt();
            if (length <= 0 || length > MAX_RECORD) {
                return null;
            }
            var content = in.readNBytes(length);
            var crc = new CRC32C();
            crc.update(content);
            return content.length == length && (int) crc.getValue() == expected ? content : null;
        } catch (EOFException e) {
            return null;
        }
    }
}
