package org.omtpdm.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times and sizes as people write them. */
final class Units {

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}) ?([a-zA-Z]+)");
    private static final Map<String, Duration> TIMES = times();
    private static final Map<String, Long> SIZES = sizes();

    private Units() {}

    private static Map<String, Duration> times() {
        var times = new LinkedHashMap<String, Duration>();
        times.put("d", Duration.ofDays(1));
        times.put("h", Duration.ofHours(1));
        times.put("m", Duration.ofMinutes(1));
        times.put("s", Duration.ofSeconds(1));
        times.put("ms", Duration.ofMillis(1));
        return times;
    }

    private static Map<String, Long> sizes() {
        var sizes = new LinkedHashMap<String, Long>();
        sizes.put("GiB", 1L << 30);
        sizes.put("MiB", 1L << 20);
        sizes.put("KiB", 1L << 10);
        sizes.put("B", 1L);
        return sizes;
    }

    static Optional<Duration> duration(String text) {
        var parts = QUANTITY.matcher(text);
        return parts.matches()
                ? Optional.ofNullable(TIMES.get(parts.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(parts.group(1))))
                : Optional.empty();
    }

    static Optional<Long> size(String text) {
        var parts = QUANTITY.matcher(text);
        return parts.matches()
                ? Optional.ofNullable(SIZES.get(parts.group(2)))
                        .filter(unit -> Long.parseLong(parts.group(1)) <= Long.MAX_VALUE / unit)
                        .map(unit -> unit * Long.parseLong(parts.group(1)))
                : Optional.empty();
    }

    /** In the largest unit that gives a whole number. */
    static String text(Duration time) {
        for (var unit : TIMES.entrySet()) {
            var millis = unit.getValue().toMillis();
            if (time.toMillis() % millis == 0 && time.toMillis() >= millis) {
                return time.toMillis() / millis + unit.getKey();
            }
        }
        return time.toMillis() + "ms";
    }

    static String sizeText(long bytes) {
        for (var unit : SIZES.entrySet()) {
            if (bytes % unit.getValue() == 0 && bytes >= unit.getValue()) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        return bytes + "B";
    }

    /** How many letters must be changed, added or removed to get from one word to the other. */
    static int distance(String one, String other) {
        var previous = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var current = new int[other.length() + 1];
            current[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                Math.min(current[j - 1] + 1, previous[j] + 1),
                                previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
