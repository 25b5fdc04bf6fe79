package org.omtpdm.server.events;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event that is stored.
 *
 * @param number ascends in the order of commits; never used twice
 */
public record Event(
        long number,
        Instant at,
        String type,
        Optional<String> deviceId,
        String text,
        Map<String, Object> data) {

    public Event {
        data = Map.copyOf(data);
    }
}
