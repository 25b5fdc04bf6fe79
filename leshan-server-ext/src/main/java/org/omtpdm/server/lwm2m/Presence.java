package org.omtpdm.server.lwm2m;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.omtpdm.server.lwm2m.registry.Registration;

/**
 * Who listens. A device in queue mode does for its awake time after each Register, Update,
 * notification or Send; an answer of it doesn't prolong that, and an unanswered request ends it.
 * All others always do. Thread-safe.
 *
 * @see "LwM2M Core 1.1.1 §6.6"
 */
final class Presence {
    private final ListenerLanes lanes;
    private final DeviceListener listener;
    private final Clock clock;
    private final long awakeMillis;
    private final Set<Registration> awake = ConcurrentHashMap.newKeySet();

    Presence(ListenerLanes lanes, DeviceListener listener, Duration awakeTime, Clock clock) {
        this.lanes = lanes;
        this.listener = listener;
        this.awakeMillis = awakeTime.toMillis();
        this.clock = clock;
    }

    /** The device spoke on its own. */
    void heard(Registration registration) {
        if (registration.announcement().queueMode()) {
            registration.awakeUntil(clock.millis() + awakeMillis);
        }
    }

    /** Tells that it spoke and, where it slept, that it is awake. Called after {@link #heard}. */
    void announce(Registration registration) {
        var endpoint = registration.endpoint();
        if (registration.announcement().queueMode() && awake.add(registration)) {
            lanes.run(endpoint, () -> listener.awake(endpoint));
        }
        spoke(registration);
    }

    /** Any message of it, answers too. */
    void spoke(Registration registration) {
        var endpoint = registration.endpoint();
        long now = clock.millis();
        if (registration.tellHeard(now) && !lanes.isFull(endpoint)) {
            var at = Instant.ofEpochMilli(now);
            lanes.run(endpoint, () -> listener.heard(endpoint, at));
        }
    }

    /** A request stayed without answer: it sleeps already. */
    void unanswered(Registration registration) {
        if (registration.announcement().queueMode()) {
            registration.awakeUntil(Math.min(registration.awakeUntil(), clock.millis()));
        }
    }

    boolean isReachable(Registration registration) {
        return registration.isValid()
                && (!registration.announcement().queueMode()
                        || clock.millis() < registration.awakeUntil());
    }

    /** Called every second: tells who fell asleep. */
    void tick() {
        for (var registration : awake) {
            if (!registration.isValid() || !registration.announcement().queueMode()) {
                awake.remove(registration);
            } else if (!isReachable(registration) && awake.remove(registration)) {
                var endpoint = registration.endpoint();
                lanes.run(endpoint, () -> listener.asleep(endpoint));
            }
        }
    }
}
