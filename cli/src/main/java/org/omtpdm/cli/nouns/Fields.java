package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.omtpdm.cli.shell.Quantities;

/** Values of API bodies as cells, and request bodies without the absent. */
final class Fields {

    private Fields() {}

    /** Text of a field; empty when absent. */
    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /** Age of a time field; empty when absent. */
    static String age(JsonNode node, String field) {
        return instant(node, field, instant -> Quantities.age(instant, Instant.now()));
    }

    /** Date and time of a time field; empty when absent. */
    static String time(JsonNode node, String field) {
        return instant(node, field, Quantities::dayAndTime);
    }

    static String bytes(JsonNode node, String field) {
        return node.has(field) ? Quantities.bytes(node.path(field).asLong()) : "";
    }

    static String list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    /** A body of name, value, name, value; null is left out. */
    static Map<String, Object> body(Object... pairs) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                body.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return body;
    }

    static List<String> orNull(List<String> values) {
        return values == null || values.isEmpty() ? null : values;
    }

    private static String instant(
            JsonNode node, String field, java.util.function.Function<Instant, String> words) {
        String text = text(node, field);
        if (text.isEmpty()) {
            return "";
        }
        try {
            return words.apply(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
