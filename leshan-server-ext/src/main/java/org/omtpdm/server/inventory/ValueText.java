package org.omtpdm.server.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.store.Json;

/**
 * Values as the database keeps them: a letter for the type, then JSON. A value of more than {@link
 * #LONGEST} characters or bytes is cut, and the letter is doubled, with the whole length before the
 * JSON: {@code xx40000:"00ff…"}.
 */
final class ValueText {

    static final int LONGEST = 4096;

    private ValueText() {}

    static String write(ResourceValue value) {
        if (value instanceof ResourceValue.Text text) {
            return text.value().length() <= LONGEST
                    ? "s" + Json.write(text.value())
                    : "ss%d:%s"
                            .formatted(
                                    text.value().length(),
                                    Json.write(text.value().substring(0, LONGEST)));
        }
        if (value instanceof ResourceValue.Bytes bytes) {
            var hex = HexFormat.of();
            return bytes.length() <= LONGEST
                    ? "x" + Json.write(hex.formatHex(bytes.content()))
                    : "xx%d:%s"
                            .formatted(
                                    bytes.length(),
                                    Json.write(hex.formatHex(bytes.content(), 0, LONGEST)));
        }
        if (value instanceof ResourceValue.Int number) {
            return "i" + number.value();
        }
        if (value instanceof ResourceValue.Unsigned number) {
            return "u" + number.value();
        }
        if (value instanceof ResourceValue.Float number) {
            return "f" + Json.write(Double.toString(number.value()));
        }
        if (value instanceof ResourceValue.Bool flag) {
            return "b" + flag.value();
        }
        if (value instanceof ResourceValue.Time time) {
            return "t" + Json.write(time.value().toString());
        }
        var link = (ResourceValue.Link) value;
        return "l" + Json.write(link.toString());
    }

    /** The value; of one that was cut, what was kept. */
    static ResourceValue read(String stored) {
        var type = stored.charAt(0);
        var cut = stored.charAt(1) == type;
        var json =
                Json.readTree(
                        cut ? stored.substring(stored.indexOf(':') + 1) : stored.substring(1));
        return switch (type) {
            case 's' -> new ResourceValue.Text(json.asText());
            case 'x' -> new ResourceValue.Bytes(HexFormat.of().parseHex(json.asText()));
            case 'i' -> new ResourceValue.Int(json.longValue());
            case 'u' -> new ResourceValue.Unsigned(json.bigIntegerValue());
            case 'f' -> new ResourceValue.Float(Double.parseDouble(json.asText()));
            case 'b' -> new ResourceValue.Bool(json.booleanValue());
            case 't' -> new ResourceValue.Time(Instant.parse(json.asText()));
            case 'l' -> link(json.asText());
            default -> throw new IllegalStateException("A stored value can't be read: " + type);
        };
    }

    private static ResourceValue link(String text) {
        var parts = text.split(":");
        return new ResourceValue.Link(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * The value as the API gives it: string, number or boolean; bytes as hexadecimal, times as ISO
     * 8601, links as {@code object:instance}. Numbers that JavaScript can't hold exactly are
     * strings.
     */
    static JsonNode json(ResourceValue value) {
        var nodes = JsonNodeFactory.instance;
        if (value instanceof ResourceValue.Int number) {
            return whole(BigInteger.valueOf(number.value()));
        }
        if (value instanceof ResourceValue.Unsigned number) {
            return whole(number.value());
        }
        if (value instanceof ResourceValue.Float number && Double.isFinite(number.value())) {
            return nodes.numberNode(number.value());
        }
        if (value instanceof ResourceValue.Bool flag) {
            return nodes.booleanNode(flag.value());
        }
        return nodes.textNode(value.toString());
    }

    private static JsonNode whole(BigInteger number) {
        return number.bitLength() <= 53
                ? JsonNodeFactory.instance.numberNode(number)
                : JsonNodeFactory.instance.textNode(number.toString());
    }
}
