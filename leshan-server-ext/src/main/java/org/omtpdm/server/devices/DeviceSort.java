package org.omtpdm.server.devices;

import java.util.Optional;

/**
 * How a list of devices is ordered. Devices that are equal by the key are ordered by id, so that
 * every list has one order.
 */
public record DeviceSort(Key key, boolean downwards) {

    public static final DeviceSort BY_NAME = new DeviceSort(Key.NAME, false);

    /** What can be sorted by; unknown values count as the smallest. */
    public enum Key {
        NAME("name", "d.name_key", true),
        ENDPOINT("endpoint", "d.endpoint", true),
        STATE("state", PresenceSql.state("d"), false),
        LAST_HEARD("lastHeard", "d.last_heard_at", false),
        FIRMWARE("firmware", "d.firmware", true),
        MODEL("model", "d.model", true),
        REGISTERED_AT("registeredAt", "d.registered_at", false),
        BATTERY("battery", "d.battery", false);

        private final String word;
        private final String expression;
        private final boolean text;

        Key(String word, String expression, boolean text) {
            this.word = word;
            this.expression = expression;
            this.text = text;
        }

        /** SQL over the table {@code devices d}. */
        String expression() {
            return expression;
        }

        boolean isText() {
            return text;
        }
    }

    /** Reads {@code name} or {@code -name}; empty when there is no such key. */
    public static Optional<DeviceSort> find(String text) {
        var downwards = text.startsWith("-");
        var word = downwards ? text.substring(1) : text;
        for (var key : Key.values()) {
            if (key.word.equals(word)) {
                return Optional.of(new DeviceSort(key, downwards));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return (downwards ? "-" : "") + key.word;
    }
}
