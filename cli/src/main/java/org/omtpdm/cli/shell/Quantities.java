package org.omtpdm.cli.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes and times as people read them. */
public final class Quantities {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Quantities() {}

    /** For example {@code 3 min ago} or, past a day, date and time in this machine's zone. */
    public static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return age.abs().compareTo(Duration.ofDays(1)) < 0
                    ? "in " + brief(age.abs())
                    : dayAndTime(then);
        }
        if (age.compareTo(Duration.ofDays(1)) >= 0) {
            return dayAndTime(then);
        }
        return age.toSeconds() < 5 ? "now" : brief(age) + " ago";
    }

    public static String dayAndTime(Instant instant) {
        return DAY_AND_TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** A duration in its largest whole unit. */
    public static String brief(Duration duration) {
        if (duration.toHours() >= 1) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() >= 1
                ? duration.toMinutes() + " min"
                : duration.toSeconds() + " s";
    }

    /** Bytes in binary units, for example {@code 4.0 KiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }
}
