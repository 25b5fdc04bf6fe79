package org.omtpdm.server.security;

import java.util.Map;

/**
 * Which devices somebody may see and touch. Every query, count, search, export and live event takes
 * it. Until scopes can be edited, everybody's is {@link #all}.
 */
public final class DeviceScope {

    private static final DeviceScope ALL = new DeviceScope();

    private DeviceScope() {}

    public static DeviceScope all() {
        return ALL;
    }

    /**
     * A condition for a WHERE clause that holds for devices in this scope.
     *
     * @param deviceAlias the alias of the devices table in the statement
     */
    public String sql(String deviceAlias) {
        if (!deviceAlias.matches("[a-z_]+")) {
            throw new IllegalArgumentException("Not an alias: " + deviceAlias);
        }
        return "1 = 1";
    }

    /** Named values for the condition's parameters; bind them with {@code bindMap}. */
    public Map<String, Object> bindings() {
        return Map.of();
    }

    public boolean includes(String deviceId) {
        return !deviceId.isEmpty();
    }

    @Override
    public String toString() {
        return "DeviceScope[all]";
    }
}
