package org.omtpdm.server.lwm2m.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Not thread-safe. Every method throws {@link
 * IndexOutOfBoundsException} when the bytes end too early.
 */
final class ByteReader {
    private final byte[] buffer;
    private int position;

    ByteReader(byte[] buffer) {
        this.buffer = buffer;
    }

    boolean hasMore() {
        return position < buffer.length;
    }

    int take() {
        return buffer[position++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = take();
            value |= (long) (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("number too long");
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | take();
        }
        return value;
    }

    byte[] bytes() {
        int length = smallNumber();
        if (length < 0 || length > buffer.length - position) {
            throw new IndexOutOfBoundsException("ends within bytes");
        }
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
