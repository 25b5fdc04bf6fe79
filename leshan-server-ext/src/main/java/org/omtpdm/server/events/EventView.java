package org.omtpdm.server.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code Event} of {@code openapi.yaml}. */
record EventView(
        long number,
        Instant at,
        String type,
        Optional<String> deviceId,
        Optional<String> deviceName,
        String text,
        Map<String, Object> data) {

    static List<EventView> of(List<Event> events, DeviceNames names) {
        var ids =
                events.stream().map(Event::deviceId).flatMap(Optional::stream).distinct().toList();
        var known = ids.isEmpty() ? Map.<String, String>of() : names.of(ids);
        return events.stream().map(event -> of(event, known)).toList();
    }

    private static EventView of(Event event, Map<String, String> names) {
        return new EventView(
                event.number(),
                event.at(),
                event.type(),
                event.deviceId(),
                event.deviceId().map(names::get),
                event.text(),
                event.data());
    }
}
