package org.omtpdm.objects.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what {@link CborReader} reads, each number in its shortest form. Not thread-safe. */
public final class CborWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public CborWriter unsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Not an unsigned integer: " + value);
        }
        return head(0, value);
    }

    public CborWriter integer(long value) {
        return value < 0 ? head(1, -1 - value) : head(0, value);
    }

    public CborWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return head(3, utf8.length).raw(utf8);
    }

    public CborWriter bytes(byte[] bytes) {
        return head(2, bytes.length).raw(bytes);
    }

    /** Opens an array; its elements are written next. */
    public CborWriter array(int elements) {
        return head(4, elements);
    }

    /** Opens a map; its keys and values are written next, in the order of the keys. */
    public CborWriter map(int pairs) {
        return head(5, pairs);
    }

    public CborWriter nothing() {
        out.write(0xF6);
        return this;
    }

    /** Appends what another writer made. */
    public CborWriter raw(byte[] cbor) {
        out.writeBytes(cbor);
        return this;
    }

    public int size() {
        return out.size();
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** Major type and number, in the shortest of the five forms (RFC 8949 §3). */
    private CborWriter head(int major, long argument) {
        int width =
                argument < 24
                        ? 0
                        : argument < 1L << 8
                                ? 1
                                : argument < 1L << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
        int form = width == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(width);
        out.write(major << 5 | form);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
        return this;
    }
}
