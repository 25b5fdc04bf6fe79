package org.omtpdm.server.commands;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.server.api.ManagementException;

/**
 * Reads the arguments of a command strictly: each by name, type and range; what nobody asked for is
 * refused. Every refusal is a {@code BAD_REQUEST} that names the argument.
 */
public final class ArgumentReader {

    private final JsonNode arguments;
    private final Set<String> known = new HashSet<>();

    public ArgumentReader(JsonNode arguments) {
        if (!arguments.isObject()) {
            throw new ManagementException(BAD_REQUEST, "arguments: expected an object");
        }
        this.arguments = arguments;
    }

    public boolean has(String name) {
        known.add(name);
        return arguments.hasNonNull(name);
    }

    public long number(String name, long minimum, long maximum) {
        return optionalNumber(name, minimum, maximum).orElseThrow(() -> missing(name));
    }

    public OptionalLong optionalNumber(String name, long minimum, long maximum) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        var value = arguments.get(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.asLong() < minimum
                || value.asLong() > maximum) {
            throw bad(name, "expected a whole number from " + minimum + " to " + maximum);
        }
        return OptionalLong.of(value.asLong());
    }

    public String text(String name, int maximumLength) {
        return optionalText(name, maximumLength).orElseThrow(() -> missing(name));
    }

    public Optional<String> optionalText(String name, int maximumLength) {
        if (!has(name)) {
            return Optional.empty();
        }
        var value = arguments.get(name);
        if (!value.isTextual()
                || value.asText().isEmpty()
                || value.asText().length() > maximumLength) {
            throw bad(name, "expected a text of 1 to " + maximumLength + " characters");
        }
        return Optional.of(value.asText());
    }

    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (!arguments.get(name).isBoolean()) {
            throw bad(name, "expected true or false");
        }
        return arguments.get(name).asBoolean();
    }

    public String choice(String name, List<String> choices, String otherwise) {
        var chosen = optionalText(name, 100).orElse(otherwise);
        if (!choices.contains(chosen)) {
            throw bad(name, "expected one of " + choices);
        }
        return chosen;
    }

    public Optional<Instant> optionalTime(String name) {
        return optionalText(name, 40)
                .map(
                        text -> {
                            try {
                                return Instant.parse(text);
                            } catch (DateTimeParseException e) {
                                throw bad(name, "expected a time like 2026-03-01T12:00:00Z");
                            }
                        });
    }

    /** Ends the reading: refuses whatever was not asked for. */
    public void end() {
        arguments
                .fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                throw bad(shorten(name), "unknown");
                            }
                        });
    }

    private static String shorten(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    /** A refusal that names an argument. */
    public static ManagementException bad(String name, String problem) {
        return new ManagementException(
                BAD_REQUEST, "arguments." + name + ": " + problem, Map.of("field", name));
    }

    private static ManagementException missing(String name) {
        return bad(name, "missing");
    }
}
