package org.omtpdm.server.devices;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/** The events of this feature, in words. */
final class DeviceEvents {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private DeviceEvents() {}

    static NewEvent added(String id, String name) {
        return NewEvent.ofDevice("device.added", id, name + " was announced");
    }

    static NewEvent registered(String id, String name, RegistrationFacts facts, boolean first) {
        return NewEvent.ofDevice(
                        "device.registered",
                        id,
                        name + (first ? " registered for the first time" : " registered anew"))
                .with(registration(facts, Map.of("first", first)));
    }

    static NewEvent updated(String id, String name, RegistrationFacts facts) {
        return NewEvent.ofDevice("device.updated", id, name + " changed its registration")
                .with(registration(facts, Map.of()));
    }

    private static Map<String, Object> registration(
            RegistrationFacts facts, Map<String, Object> more) {
        var data = new LinkedHashMap<String, Object>(more);
        data.put("registrationId", facts.registrationId());
        data.put("lifetimeSeconds", facts.lifetime().toSeconds());
        data.put("queueMode", facts.queueMode());
        data.put("secured", facts.secured());
        return data;
    }

    static NewEvent deregistered(String id, String name) {
        return NewEvent.ofDevice("device.deregistered", id, name + " signed off");
    }

    static NewEvent silent(String id, String name) {
        return NewEvent.ofDevice(
                "device.silent", id, name + " is silent: its registration expired");
    }

    static NewEvent awake(String id, String name) {
        return NewEvent.ofDevice("device.awake", id, name + " woke up");
    }

    static NewEvent asleep(String id, String name, Instant nextWakeUp) {
        return NewEvent.ofDevice(
                "device.asleep", id, name + " sleeps, next wake-up about " + minute(nextWakeUp));
    }

    /** A time for sentences; the console shows times of its own beside them. */
    static String minute(Instant time) {
        return MINUTE.format(time);
    }
}
