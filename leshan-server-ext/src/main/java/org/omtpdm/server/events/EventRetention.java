package org.omtpdm.server.events;

import java.time.Duration;

/**
 * How long events are kept: the shorter of the two.
 *
 * @param keep 1 h to 10 years
 * @param atMost 1,000 to 100,000,000
 */
public record EventRetention(Duration keep, int atMost) {

    public static final EventRetention DEFAULT = new EventRetention(Duration.ofDays(90), 1_000_000);

    public EventRetention {
        if (keep.compareTo(Duration.ofHours(1)) < 0 || keep.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("events.keep: " + keep + ", expected 1h to 3650d");
        }
        if (atMost < 1_000 || atMost > 100_000_000) {
            throw new IllegalArgumentException(
                    "events.keep-at-most: " + atMost + ", expected 1000 to 100000000");
        }
    }
}
