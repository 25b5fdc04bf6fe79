package org.omtpdm.server.reconcile;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How patient the lane is.
 *
 * @param devicesAtOnce devices talked to at the same time, 1 to 100000
 * @param answerWithin how long an answer is waited for, 1 s to 10 min
 * @param attempts unanswered or busy attempts before it is given up, 1 to 100
 * @param firstPause before the second attempt, doubled each time, with up to half added by chance
 * @param longestPause no pause is longer (but for the chance)
 */
public record LanePolicy(
        int devicesAtOnce,
        Duration answerWithin,
        int attempts,
        Duration firstPause,
        Duration longestPause) {

    public static final LanePolicy DEFAULT =
            new LanePolicy(
                    256, Duration.ofSeconds(45), 6, Duration.ofSeconds(5), Duration.ofMinutes(15));

    public LanePolicy {
        if (devicesAtOnce < 1 || devicesAtOnce > 100_000) {
            throw new IllegalArgumentException(
                    "lane.devices-at-once: " + devicesAtOnce + ", expected 1 to 100000");
        }
        if (answerWithin.compareTo(Duration.ofSeconds(1)) < 0
                || answerWithin.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "lane.answer-within: " + answerWithin + ", expected 1 s to 10 min");
        }
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException(
                    "lane.attempts: " + attempts + ", expected 1 to 100");
        }
        if (firstPause.isNegative()
                || firstPause.isZero()
                || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "lane.first-pause: "
                            + firstPause
                            + ", expected more than 0 and at most lane.longest-pause");
        }
    }

    /**
     * How long to wait after an attempt that failed.
     *
     * @param attempt the number of the failed attempt, from 1
     */
    public Duration pauseAfter(int attempt, RandomGenerator chance) {
        var doublings = Math.min(30, Math.max(0, attempt - 1));
        var pause = Math.min(longestPause.toMillis(), firstPause.toMillis() << doublings);
        return Duration.ofMillis(pause + chance.nextLong(pause / 2 + 1));
    }
}
