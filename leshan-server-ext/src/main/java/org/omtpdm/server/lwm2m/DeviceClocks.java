package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * Device clocks may be decades off. Times that can't be are moved so that the newest is the time of
 * arrival: their distances stay. Stateless but for what it lets the registry learn.
 */
final class DeviceClocks {
    private static final Instant NOT_BEFORE = Instant.parse("2015-01-01T00:00:00Z");
    private static final Duration AHEAD_AT_MOST = Duration.ofMinutes(10);
    private static final Duration SPAN_AT_MOST = Duration.ofDays(3650);

    private final Registry registry;

    DeviceClocks(Registry registry) {
        this.registry = registry;
    }

    /**
     * @param readings oldest first
     */
    List<Reading> plausible(Registration from, List<Reading> readings, Instant arrival) {
        var newest = readings.get(readings.size() - 1).at();
        var oldest = readings.get(0).at();
        if (isPlausible(newest, arrival) && isPlausible(oldest, arrival)) {
            return readings;
        }
        registry.learn(from, bits -> new Manners(bits).withClockOff().bits());
        boolean spanPossible = Duration.between(oldest, newest).compareTo(SPAN_AT_MOST) < 0;
        var shift = Duration.between(newest, arrival);
        var moved = new ArrayList<Reading>();
        for (var reading : readings) {
            var at = spanPossible ? reading.at().plus(shift) : arrival;
            moved.add(new Reading(at, reading.values(), reading.raw()));
        }
        return moved;
    }

    private static boolean isPlausible(Instant time, Instant arrival) {
        return time.isAfter(NOT_BEFORE) && time.isBefore(arrival.plus(AHEAD_AT_MOST));
    }
}
