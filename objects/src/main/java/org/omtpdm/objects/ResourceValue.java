package org.omtpdm.objects;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One value of a resource or resource instance, in the data types of LwM2M.
 *
 * @see "LwM2M Core 1.1.1 appendix C, data types"
 */
public sealed interface ResourceValue {

    /** String (also Corelnk). */
    record Text(String value) implements ResourceValue {
        @Override
        public String toString() {
            return value;
        }
    }

    /** Integer: signed, up to 64 bits. */
    record Int(long value) implements ResourceValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** Unsigned Integer: 0 to 2^64 - 1. */
    record Unsigned(BigInteger value) implements ResourceValue {
        public Unsigned {
            if (value.signum() < 0 || value.bitLength() > 64) {
                throw new IllegalArgumentException("Not an unsigned 64-bit integer: " + value);
            }
        }

        public static Unsigned of(long value) {
            return new Unsigned(BigInteger.valueOf(value));
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    record Float(double value) implements ResourceValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    record Bool(boolean value) implements ResourceValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** Time: seconds since the epoch on the wire. */
    record Time(Instant value) implements ResourceValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** Objlnk: object id and object instance id, 65535:65535 is the null link. */
    record Link(int objectId, int instanceId) implements ResourceValue {
        public Link {
            if (objectId < 0 || objectId > 65535 || instanceId < 0 || instanceId > 65535) {
                throw new IllegalArgumentException("Not a link: " + objectId + ":" + instanceId);
            }
        }

        @Override
        public String toString() {
            return objectId + ":" + instanceId;
        }
    }

    /** Opaque, and whatever could not be interpreted. Equal by content. */
    final class Bytes implements ResourceValue {
        private final byte[] content;

        public Bytes(byte[] content) {
            this.content = content.clone();
        }

        public byte[] content() {
            return content.clone();
        }

        public int length() {
            return content.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        /** Lower-case hexadecimal. */
        @Override
        public String toString() {
            return HexFormat.of().formatHex(content);
        }
    }

    /** The whole number of an {@link Int}, {@link Unsigned} or integral {@link Float} value. */
    default java.util.OptionalLong asLong() {
        if (this instanceof Int number) {
            return java.util.OptionalLong.of(number.value());
        }
        if (this instanceof Unsigned number && number.value().bitLength() < 64) {
            return java.util.OptionalLong.of(number.value().longValue());
        }
        if (this instanceof Float number && number.value() == Math.rint(number.value())) {
            return java.util.OptionalLong.of((long) number.value());
        }
        return java.util.OptionalLong.empty();
    }
}
