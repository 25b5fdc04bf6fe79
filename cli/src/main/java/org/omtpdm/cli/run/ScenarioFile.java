package org.omtpdm.cli.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.client.virtual.Personality;
import org.omtpdm.client.virtual.Scenario;

/**
 * A fleet as a TOML file. Unknown keys are refused.
 *
 * <pre>
 * seed = 7
 * wake-every = "10m"
 * awake = "20s"
 * constrained = false
 *
 * [devices]
 * plain = 100
 * asleep = 40
 * old-firmware = 10
 * infected = 2
 * violating = 3
 * flaky = 5
 * </pre>
 */
record ScenarioFile(
        Long seed,
        @JsonProperty("wake-every") String wakeEvery,
        String awake,
        Boolean constrained,
        Map<String, Integer> devices) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h)");

    /**
     * @throws CommandFailure naming the file and what is wrong in it
     */
    static Scenario read(Path file) {
        try {
            return new TomlMapper().readValue(file.toFile(), ScenarioFile.class).scenario();
        } catch (JsonMappingException e) {
            throw wrong(file, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(file, e.getMessage(), e);
        }
    }

    private static CommandFailure wrong(Path file, String why, Exception cause) {
        return new CommandFailure(
                ExitCode.USAGE,
                "Scenario " + file + ": " + SafeText.of(String.valueOf(why)),
                cause);
    }

    private Scenario scenario() {
        if (devices == null || devices.isEmpty()) {
            throw new IllegalArgumentException(
                    "[devices] is missing: how many of each personality?");
        }
        Map<Personality, Integer> counts =
                devices.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> personality(entry.getKey()), Map.Entry::getValue));
        Scenario usual = Scenario.plain(1, 1);
        return new Scenario(
                Optional.ofNullable(seed).orElse(1L),
                counts,
                duration("wake-every", wakeEvery).orElse(usual.wakeEvery()),
                duration("awake", awake).orElse(usual.awake()),
                Boolean.TRUE.equals(constrained));
    }

    private static Personality personality(String key) {
        for (Personality personality : Personality.values()) {
            if (word(personality).equals(key)) {
                return personality;
            }
        }
        throw new IllegalArgumentException(
                "devices."
                        + key
                        + ": expected "
                        + java.util.Arrays.stream(Personality.values())
                                .map(ScenarioFile::word)
                                .collect(Collectors.joining(", ")));
    }

    private static String word(Personality personality) {
        return personality.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Duration> duration(String key, String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    key + ": '" + text + "', expected for example 30s, 10m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
