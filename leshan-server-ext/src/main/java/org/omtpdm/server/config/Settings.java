package org.omtpdm.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads settings from one TOML file and from {@code key=value} pairs, which count more. Collects
 * all problems, so that they are reported together. Used once, on one thread.
 */
public final class Settings {

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Given> given = new TreeMap<>();
    private final Map<String, Setting> used = new TreeMap<>();

    private Settings() {}

    /** A value as given: text, or a list of texts. */
    private record Given(List<String> values, boolean isList, String origin) {}

    /**
     * @param file absent for none
     * @param pairs each {@code key=value}
     */
    public static Settings read(Optional<Path> file, List<String> pairs) {
        var settings = new Settings();
        file.ifPresent(settings::readFile);
        pairs.forEach(settings::readPair);
        return settings;
    }

    private void readFile(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            flatten("", new TomlMapper().readTree(text), file.getFileName().toString());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            problems.add(
                    file
                            + (at == null ? "" : " line " + at.getLineNr())
                            + ": not TOML: "
                            + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add(file + ": can't be read: " + e.getClass().getSimpleName());
        }
    }

    private void flatten(String prefix, JsonNode node, String origin) {
        for (var member : node.properties()) {
            var key = prefix + member.getKey();
            var value = member.getValue();
            if (value.isObject()) {
                flatten(key + ".", value, origin);
            } else if (value.isArray()) {
                var texts = new ArrayList<String>();
                value.forEach(item -> texts.add(item.asText()));
                given.put(key, new Given(texts, true, origin));
            } else {
                given.put(key, new Given(List.of(value.asText()), false, origin));
            }
        }
    }

    private void readPair(String pair) {
        var equals = pair.indexOf('=');
        if (equals < 1) {
            problems.add("--set " + pair + ": expected key=value");
            return;
        }
        given.put(
                pair.substring(0, equals).strip(),
                new Given(List.of(pair.substring(equals + 1).strip()), false, "--set"));
    }

    public String text(String key, String otherwise) {
        return optionalText(key).orElseGet(() -> byDefault(key, otherwise));
    }

    public Optional<String> optionalText(String key) {
        return value(key, Optional::of, "a text", false);
    }

    /** A text that is hidden when settings are shown. */
    public Optional<String> secret(String key) {
        return value(key, Optional::of, "a text", true);
    }

    public List<String> texts(String key) {
        var found = given.remove(key);
        if (found == null) {
            byDefault(key, "[]");
            return List.of();
        }
        var values =
                found.isList() ? found.values() : List.of(found.values().get(0).split("\\s*,\\s*"));
        used.put(key, new Setting(key, String.join(", ", values), found.origin()));
        return values.stream().filter(value -> !value.isBlank()).toList();
    }

    public Path path(String key, Path otherwise) {
        return value(
                        key,
                        text ->
                                text.isBlank() || text.indexOf('\0') >= 0
                                        ? Optional.empty()
                                        : Optional.of(Path.of(text)),
                        "a path",
                        false)
                .orElseGet(
                        () -> {
                            byDefault(key, otherwise.toString());
                            return otherwise;
                        });
    }

    public boolean flag(String key, boolean otherwise) {
        return value(
                        key,
                        text ->
                                switch (text) {
                                    case "true" -> Optional.of(true);
                                    case "false" -> Optional.of(false);
                                    default -> Optional.empty();
                                },
                        "true or false",
                        false)
                .orElseGet(
                        () -> {
                            byDefault(key, Boolean.toString(otherwise));
                            return otherwise;
                        });
    }

    public int number(String key, int otherwise, int minimum, int maximum) {
        return value(
                        key,
                        text ->
                                text.matches("-?[0-9]{1,9}")
                                        ? Optional.of(Integer.valueOf(text))
                                                .filter(n -> n >= minimum && n <= maximum)
                                        : Optional.empty(),
                        minimum + " to " + maximum,
                        false)
                .orElseGet(
                        () -> {
                            byDefault(key, Integer.toString(otherwise));
                            return otherwise;
                        });
    }

    /** A time with a unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}. */
    public Duration duration(String key, Duration otherwise, Duration minimum, Duration maximum) {
        return value(
                        key,
                        text ->
                                Units.duration(text)
                                        .filter(
                                                time ->
                                                        time.compareTo(minimum) >= 0
                                                                && time.compareTo(maximum) <= 0),
                        "a time with unit, " + Units.text(minimum) + " to " + Units.text(maximum),
                        false)
                .orElseGet(
                        () -> {
                            byDefault(key, Units.text(otherwise));
                            return otherwise;
                        });
    }

    /** A size with a unit, in bytes: {@code 500B}, {@code 64KiB}, {@code 16MiB}. */
    public long size(String key, long otherwise, long minimum, long maximum) {
        return value(
                        key,
                        text -> Units.size(text).filter(size -> size >= minimum && size <= maximum),
                        "a size with unit, "
                                + Units.sizeText(minimum)
                                + " to "
                                + Units.sizeText(maximum),
                        false)
                .orElseGet(
                        () -> {
                            byDefault(key, Units.sizeText(otherwise));
                            return otherwise;
                        });
    }

    private String byDefault(String key, String value) {
        used.putIfAbsent(key, new Setting(key, value, "default"));
        return value;
    }

    private <T> Optional<T> value(
            String key, Function<String, Optional<T>> parse, String expected, boolean secret) {
        var found = given.remove(key);
        if (found == null) {
            return Optional.empty();
        }
        var text = found.values().isEmpty() ? "" : found.values().get(0);
        var shown = secret ? "(hidden)" : text;
        used.put(key, new Setting(key, shown, found.origin()));
        var parsed = found.isList() ? Optional.<T>empty() : parse.apply(text);
        if (parsed.isEmpty()) {
            problems.add(
                    key + ": " + (found.isList() ? "a list" : shown) + ", expected " + expected);
        }
        return parsed;
    }

    /** Notes a problem that was found elsewhere; the text begins with the full name of the key. */
    public void problem(String text) {
        problems.add(text);
    }

    /** Builds a part; what its constructor refuses is one more problem. */
    public <T> Optional<T> build(Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * To be called when every known key was read: what is left is unknown.
     *
     * @throws ConfigException when there is any problem
     */
    public void finish() {
        given.forEach(
                (key, value) ->
                        problems.add(key + ": unknown key (" + value.origin() + ")" + hint(key)));
        given.clear();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private String hint(String key) {
        return used.keySet().stream()
                .filter(known -> Units.distance(known, key) <= 2)
                .findFirst()
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    /** Every known setting as it counts, by key. */
    public List<Setting> all() {
        return List.copyOf(used.values());
    }
}
