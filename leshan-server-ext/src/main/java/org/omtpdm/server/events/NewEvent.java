package org.omtpdm.server.events;

import java.util.Map;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param type as listed in {@code openapi.yaml}, for example {@code device.registered}
 * @param deviceId the device it is about; decides who may see it
 * @param text one sentence in words
 * @param data facts for programs: texts, numbers, booleans, lists and maps of these
 */
public record NewEvent(
        String type, Optional<String> deviceId, String text, Map<String, Object> data) {

    public NewEvent {
        if (!type.matches("[a-z]+\\.[a-z]+")) {
            throw new IllegalArgumentException("Not an event type: '" + type + "'");
        }
        data = Map.copyOf(data);
    }

    public static NewEvent of(String type, String text) {
        return new NewEvent(type, Optional.empty(), text, Map.of());
    }

    public static NewEvent ofDevice(String type, String deviceId, String text) {
        return new NewEvent(type, Optional.of(deviceId), text, Map.of());
    }

    public NewEvent with(Map<String, Object> facts) {
        return new NewEvent(type, deviceId, text, facts);
    }
}
