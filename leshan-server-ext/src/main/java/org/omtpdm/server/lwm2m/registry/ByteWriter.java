package org.omtpdm.server.lwm2m.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing buffer for the compact forms kept in memory and in the journal. Not thread-safe. */
final class ByteWriter {
    private byte[] buffer = new byte[256];
    private int length;

    ByteWriter put(int b) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = (byte) b;
        return this;
    }

    /** Seven bits per byte, lowest first: small numbers take one byte. */
    ByteWriter number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        return put((int) rest);
    }

    ByteWriter fixed(long value) {
        for (int i = 7; i >= 0; i--) {
            put((int) (value >>> 8 * i));
        }
        return this;
    }

    ByteWriter bytes(byte[] value) {
        number(value.length);
        for (byte b : value) {
            put(b);
        }
        return this;
    }

    ByteWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
