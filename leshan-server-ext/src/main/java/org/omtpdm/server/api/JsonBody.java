package org.omtpdm.server.api;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;
import static org.omtpdm.server.api.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.server.store.Json;

/** Reads request bodies, and says in words what is wrong with them. */
final class JsonBody {

    private JsonBody() {}

    static <T> T read(Optional<String> contentType, byte[] body, Class<T> type) {
        requireJson(contentType);
        if (body.length == 0) {
            throw new ManagementException(BAD_REQUEST, "The request has no body; expected JSON");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            var tree = Json.shared().readTree(text);
            if (tree == null || !tree.isObject()) {
                throw new ManagementException(BAD_REQUEST, "The body is no object");
            }
            refuseControlCharacters("", tree);
            return Json.shared().treeToValue(tree, type);
        } catch (CharacterCodingException e) {
            throw new ManagementException(BAD_REQUEST, "The body is not UTF-8");
        } catch (JsonMappingException e) {
            throw refusal(e);
        } catch (IOException e) {
            throw new ManagementException(BAD_REQUEST, "The body is not JSON" + place(e));
        }
    }

    /**
     * Text of people has line ends and tabs, but no other control characters, and no half
     * characters.
     */
    private static void refuseControlCharacters(String name, JsonNode node) {
        if (node.isTextual() && node.textValue().codePoints().anyMatch(JsonBody::isUnwanted)) {
            throw new ManagementException(
                    BAD_REQUEST, name + ": contains control characters", Map.of("field", name));
        }
        for (var member : node.properties()) {
            if (member.getKey().codePoints().anyMatch(JsonBody::isUnwanted)) {
                throw new ManagementException(
                        BAD_REQUEST, "A name in the body contains control characters");
            }
            var path = name.isEmpty() ? member.getKey() : name + "." + member.getKey();
            refuseControlCharacters(path, member.getValue());
        }
        if (node.isArray()) {
            node.forEach(item -> refuseControlCharacters(name, item));
        }
    }

    private static boolean isUnwanted(int character) {
        return Character.isISOControl(character)
                        && character != '\n'
                        && character != '\r'
                        && character != '\t'
                || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static void requireJson(Optional<String> contentType) {
        var media = contentType.orElse("").toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (!media.equals("application/json")) {
            throw new ManagementException(
                    UNSUPPORTED_MEDIA_TYPE, "Expected a body with Content-Type application/json");
        }
    }

    private static String place(IOException problem) {
        if (problem instanceof StreamConstraintsException) {
            return " we accept: nested too deep, or a number too long";
        }
        if (problem instanceof JacksonException json && json.getLocation() != null) {
            return " (line "
                    + json.getLocation().getLineNr()
                    + ", column "
                    + json.getLocation().getColumnNr()
                    + ")"
                    + (json.getOriginalMessage().startsWith("Duplicate field")
                            ? ": a name comes twice"
                            : "");
        }
        return "";
    }

    private static ManagementException refusal(JsonMappingException problem) {
        if (problem.getCause() instanceof JsonParseException syntax) {
            return new ManagementException(BAD_REQUEST, "The body is not JSON" + place(syntax));
        }
        var field = fieldOf(problem);
        var what = whatIsWrong(problem);
        return field.isEmpty()
                ? new ManagementException(BAD_REQUEST, "The body: " + what)
                : new ManagementException(BAD_REQUEST, field + ": " + what, Map.of("field", field));
    }

    private static String whatIsWrong(JsonMappingException problem) {
        if (problem instanceof UnrecognizedPropertyException) {
            return "unknown, this request has no such field";
        }
        if (problem instanceof InvalidNullException
                || problem.getOriginalMessage().contains("creator property")) {
            return "missing";
        }
        if (problem instanceof ValueInstantiationException
                && problem.getCause() instanceof IllegalArgumentException refused) {
            return refused.getMessage();
        }
        if (problem instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            return "expected one of " + Json.write(format.getTargetType().getEnumConstants());
        }
        if (problem instanceof MismatchedInputException mismatch
                && mismatch.getTargetType() != null) {
            return "expected " + nameOf(mismatch.getTargetType());
        }
        return "not as expected";
    }

    private static String nameOf(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number in range";
        }
        if (type == java.time.Instant.class) {
            return "a time like 2026-03-01T12:00:00Z";
        }
        if (java.util.Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "an object";
    }

    private static String fieldOf(JsonMappingException problem) {
        return problem.getPath().stream()
                .map(
                        step ->
                                step.getFieldName() != null
                                        ? "." + shorten(step.getFieldName())
                                        : "[" + step.getIndex() + "]")
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String shorten(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
