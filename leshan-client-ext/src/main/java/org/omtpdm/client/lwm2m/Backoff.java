package org.omtpdm.client.lwm2m;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times that double from attempt to attempt up to a limit, each shortened by a random part
 * of up to a half, so that many devices don't come back at the same moment. Not thread-safe.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final RandomGenerator random;
    private int attempts;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next(Duration first, Duration most) {
        long millis =
                Math.min(most.toMillis(), first.toMillis() << Math.min(attempts, MOST_DOUBLINGS));
        attempts++;
        return Duration.ofMillis((long) (millis * (0.5 + random.nextDouble() / 2)));
    }

    void reset() {
        attempts = 0;
    }
}
