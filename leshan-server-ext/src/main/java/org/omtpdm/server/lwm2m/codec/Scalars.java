package org.omtpdm.server.lwm2m.codec;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.omtpdm.objects.ResourceValue;

/**
 * Single values between the wire and {@link ResourceValue}. Every reading method answers empty
 * where the bytes don't fit the type; nothing throws.
 *
 * @see "LwM2M Core 1.1.1 appendix C"
 */
final class Scalars {
    private Scalars() {}

    static Optional<ResourceValue> fromTlv(Type type, byte[] bytes) {
        return switch (type) {
            case STRING, CORELINK -> text(bytes).map(ResourceValue.Text::new);
            case INTEGER -> isWhole(bytes) ? integer(new BigInteger(bytes)) : Optional.empty();
            case UNSIGNED_INTEGER ->
                    bytes.length >= 1 && bytes.length <= 8
                            ? unsigned(new BigInteger(1, bytes))
                            : Optional.empty();
            case FLOAT ->
                    bytes.length == 4
                            ? Optional.of(
                                    new ResourceValue.Float(ByteBuffer.wrap(bytes).getFloat()))
                            : bytes.length == 8
                                    ? Optional.of(
                                            new ResourceValue.Float(
                                                    ByteBuffer.wrap(bytes).getDouble()))
                                    : Optional.empty();
            case BOOLEAN ->
                    bytes.length == 1 && (bytes[0] == 0 || bytes[0] == 1)
                            ? Optional.of(new ResourceValue.Bool(bytes[0] == 1))
                            : Optional.empty();
            case TIME -> isWhole(bytes) ? time(new BigInteger(bytes)) : Optional.empty();
            case OBJLNK ->
                    bytes.length == 4
                            ? Optional.of(
                                    new ResourceValue.Link(
                                            ByteBuffer.wrap(bytes).getShort(0) & 0xFFFF,
                                            ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF))
                            : Optional.empty();
            case OPAQUE, NONE -> Optional.of(new ResourceValue.Bytes(bytes));
        };
    }

    private static boolean isWhole(byte[] bytes) {
        return bytes.length == 1 || bytes.length == 2 || bytes.length == 4 || bytes.length == 8;
    }

    static Optional<ResourceValue> fromText(Type type, String text) {
        try {
            return switch (type) {
                case STRING, CORELINK -> Optional.of(new ResourceValue.Text(text));
                case INTEGER -> digits(text) ? integer(new BigInteger(text)) : Optional.empty();
                case UNSIGNED_INTEGER ->
                        digits(text) ? unsigned(new BigInteger(text)) : Optional.empty();
                case TIME -> digits(text) ? time(new BigInteger(text)) : Optional.empty();
                case FLOAT ->
                        text.length() <= 64
                                ? Optional.of(new ResourceValue.Float(Double.parseDouble(text)))
                                : Optional.empty();
                case BOOLEAN ->
                        text.equals("1") || text.equals("0")
                                ? Optional.of(new ResourceValue.Bool(text.equals("1")))
                                : Optional.empty();
                case OBJLNK -> link(text);
                case OPAQUE ->
                        Optional.of(new ResourceValue.Bytes(Base64.getDecoder().decode(text)));
                case NONE -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.length() <= 20 && text.matches("[+-]?[0-9]+");
    }

    /**
     * From a value that already has a type of its own, as in SenML, CBOR and JSON: {@code Long},
     * {@code BigInteger}, {@code Double}, {@code Boolean}, {@code String}, {@code byte[]} or {@link
     * ResourceValue.Link}.
     */
    static Optional<ResourceValue> fromTyped(Type type, Object value) {
        if (value instanceof ResourceValue.Link link) {
            return type == Type.OBJLNK ? Optional.of(link) : Optional.empty();
        }
        return switch (type) {
            case STRING, CORELINK ->
                    value instanceof String text
                            ? Optional.of(new ResourceValue.Text(text))
                            : Optional.empty();
            case INTEGER -> whole(value).flatMap(Scalars::integer);
            case UNSIGNED_INTEGER -> whole(value).flatMap(Scalars::unsigned);
            case TIME -> whole(value).flatMap(Scalars::time);
            case FLOAT ->
                    value instanceof Number number
                            ? Optional.of(new ResourceValue.Float(number.doubleValue()))
                            : Optional.empty();
            case BOOLEAN ->
                    value instanceof Boolean bool
                            ? Optional.of(new ResourceValue.Bool(bool))
                            : Optional.empty();
            case OBJLNK -> value instanceof String text ? link(text) : Optional.empty();
            case OPAQUE ->
                    value instanceof byte[] bytes
                            ? Optional.of(new ResourceValue.Bytes(bytes))
                            : Optional.empty();
            case NONE -> Optional.empty();
        };
    }

    /** The value as the wire typed it, where no model says otherwise. */
    static ResourceValue untyped(Object value) {
        if (value instanceof Long number) {
            return new ResourceValue.Int(number);
        }
        if (value instanceof BigInteger number) {
            return integer(number)
                    .or(() -> unsigned(number))
                    .orElse(new ResourceValue.Float(number.doubleValue()));
        }
        if (value instanceof Number number) {
            return new ResourceValue.Float(number.doubleValue());
        }
        if (value instanceof Boolean bool) {
            return new ResourceValue.Bool(bool);
        }
        if (value instanceof byte[] bytes) {
            return new ResourceValue.Bytes(bytes);
        }
        if (value instanceof ResourceValue ours) {
            return ours;
        }
        return new ResourceValue.Text(String.valueOf(value));
    }

    private static Optional<BigInteger> whole(Object value) {
        if (value instanceof Long number) {
            return Optional.of(BigInteger.valueOf(number));
        }
        if (value instanceof BigInteger number) {
            return Optional.of(number);
        }
        if (value instanceof Double number
                && number == Math.rint(number)
                && Math.abs(number) < 9.0e18) {
            return Optional.of(BigInteger.valueOf(number.longValue()));
        }
        return Optional.empty();
    }

    private static Optional<ResourceValue> integer(BigInteger value) {
        return value.bitLength() <= 63
                ? Optional.of(new ResourceValue.Int(value.longValue()))
                : Optional.empty();
    }

    private static Optional<ResourceValue> unsigned(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= 64
                ? Optional.of(new ResourceValue.Unsigned(value))
                : Optional.empty();
    }

    private static Optional<ResourceValue> time(BigInteger seconds) {
        try {
            return seconds.bitLength() <= 63
                    ? Optional.of(
                            new ResourceValue.Time(Instant.ofEpochSecond(seconds.longValue())))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<ResourceValue> link(String text) {
        int colon = text.indexOf(':');
        if (!text.matches("[0-9]{1,5}:[0-9]{1,5}")) {
            return Optional.empty();
        }
        int object = Integer.parseInt(text.substring(0, colon));
        int instance = Integer.parseInt(text.substring(colon + 1));
        return object <= 65535 && instance <= 65535
                ? Optional.of(new ResourceValue.Link(object, instance))
                : Optional.empty();
    }

    /** UTF-8, strictly. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static byte[] toTlv(ResourceValue value) {
        if (value instanceof ResourceValue.Int number) {
            return shortest(number.value());
        }
        if (value instanceof ResourceValue.Unsigned number) {
            return number.value().bitLength() < 64
                    ? shortest(number.value().longValue())
                    : ByteBuffer.allocate(8).putLong(number.value().longValue()).array();
        }
        if (value instanceof ResourceValue.Float number) {
            return (float) number.value() == number.value()
                    ? ByteBuffer.allocate(4).putFloat((float) number.value()).array()
                    : ByteBuffer.allocate(8).putDouble(number.value()).array();
        }
        if (value instanceof ResourceValue.Bool bool) {
            return new byte[] {(byte) (bool.value() ? 1 : 0)};
        }
        if (value instanceof ResourceValue.Time time) {
            return shortest(time.value().getEpochSecond());
        }
        if (value instanceof ResourceValue.Link link) {
            return ByteBuffer.allocate(4)
                    .putShort((short) link.objectId())
                    .putShort((short) link.instanceId())
                    .array();
        }
        if (value instanceof ResourceValue.Bytes bytes) {
            return bytes.content();
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] shortest(long value) {
        if (value == (byte) value) {
            return new byte[] {(byte) value};
        }
        if (value == (short) value) {
            return ByteBuffer.allocate(2).putShort((short) value).array();
        }
        if (value == (int) value) {
            return ByteBuffer.allocate(4).putInt((int) value).array();
        }
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static String toText(ResourceValue value) {
        if (value instanceof ResourceValue.Bool bool) {
            return bool.value() ? "1" : "0";
        }
        if (value instanceof ResourceValue.Time time) {
            return Long.toString(time.value().getEpochSecond());
        }
        if (value instanceof ResourceValue.Bytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.content());
        }
        return value.toString();
    }
}
