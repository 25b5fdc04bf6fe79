package org.omtpdm.server.lwm2m;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A CoAP message, byte by byte.
 *
 * @param type 0 CON, 1 NON, 2 ACK, 3 RST
 * @param code class in the upper three bits: 0x45 is 2.05
 */
record RawMessage(int type, int code, int id, byte[] token, List<Option> options, byte[] payload) {
    static final int GET = 1;
    static final int POST = 2;
    static final int PUT = 3;
    static final int DELETE = 4;
    static final int FETCH = 5;
    static final int OBSERVE = 6;
    static final int LOCATION_PATH = 8;
    static final int URI_PATH = 11;
    static final int CONTENT_FORMAT = 12;
    static final int URI_QUERY = 15;
    static final int ACCEPT = 17;

    record Option(int number, byte[] value) {
        static Option text(int number, String text) {
            return new Option(number, text.getBytes(StandardCharsets.UTF_8));
        }

        static Option number(int number, int value) {
            if (value == 0) {
                return new Option(number, new byte[0]);
            }
            if (value < 256) {
                return new Option(number, new byte[] {(byte) value});
            }
            return new Option(number, new byte[] {(byte) (value >> 8), (byte) value});
        }
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** For example {@code 4.04}. */
    String codeText() {
        return (code >> 5) + "." + String.format("%02d", code & 0x1F);
    }

    String joined(int number) {
        var joined = new StringBuilder();
        options.stream()
                .filter(option -> option.number == number)
                .forEach(
                        option ->
                                joined.append('/')
                                        .append(new String(option.value, StandardCharsets.UTF_8)));
        return joined.toString();
    }

    /** The value of an unsigned option, -1 when it isn't there. */
    int number(int number) {
        return options.stream()
                .filter(option -> option.number == number)
                .findFirst()
                .map(
                        option -> {
                            int value = 0;
                            for (byte b : option.value) {
                                value = value << 8 | b & 0xFF;
                            }
                            return value;
                        })
                .orElse(-1);
    }

    RawMessage answer(int code, int contentFormat, byte[] payload, Option... more) {
        var options = new ArrayList<>(List.of(more));
        if (contentFormat >= 0) {
            options.add(Option.number(CONTENT_FORMAT, contentFormat));
        }
        return new RawMessage(2, code, id, token, options, payload);
    }

    byte[] encode() {
        var out = new ByteArrayOutputStream();
        out.write(0x40 | type << 4 | token.length);
        out.write(code);
        out.write(id >> 8);
        out.write(id);
        out.writeBytes(token);
        int previous = 0;
        var sorted = new ArrayList<>(options);
        sorted.sort(Comparator.comparingInt(Option::number));
        for (var option : sorted) {
            int delta = option.number - previous;
            previous = option.number;
            out.write(nibble(delta) << 4 | nibble(option.value.length));
            extended(out, delta);
            extended(out, option.value.length);
            out.writeBytes(option.value);
        }
        if (payload.length > 0) {
            out.write(0xFF);
            out.writeBytes(payload);
        }
        return out.toByteArray();
    }

    private static int nibble(int value) {
        return value < 13 ? value : value < 269 ? 13 : 14;
    }

    private static void extended(ByteArrayOutputStream out, int value) {
        if (value >= 269) {
            out.write(value - 269 >> 8);
            out.write(value - 269);
        } else if (value >= 13) {
            out.write(value - 13);
        }
    }

    static RawMessage decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        int first = in.get();
        int code = in.get() & 0xFF;
        int id = in.getShort() & 0xFFFF;
        var token = new byte[first & 0xF];
        in.get(token);
        var options = new ArrayList<Option>();
        int number = 0;
        while (in.hasRemaining()) {
            int head = in.get() & 0xFF;
            if (head == 0xFF) {
                break;
            }
            number += extended(in, head >> 4);
            var value = new byte[extended(in, head & 0xF)];
            in.get(value);
            options.add(new Option(number, value));
        }
        var payload = new byte[in.remaining()];
        in.get(payload);
        return new RawMessage(first >> 4 & 3, code, id, token, options, payload);
    }

    private static int extended(ByteBuffer in, int nibble) {
        return switch (nibble) {
            case 13 -> (in.get() & 0xFF) + 13;
            case 14 -> (in.getShort() & 0xFFFF) + 269;
            default -> nibble;
        };
    }
}
