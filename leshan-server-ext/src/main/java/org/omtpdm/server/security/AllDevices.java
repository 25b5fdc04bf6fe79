package org.omtpdm.server.security;

import java.util.Map;

/** The scope without a limit. */
enum AllDevices implements DeviceScope {
    SCOPE;

    @Override
    public String sql(String deviceAlias) {
        if (!deviceAlias.matches("[a-z_]+")) {
            throw new IllegalArgumentException("Not an alias: " + deviceAlias);
        }
        return "1 = 1";
    }

    @Override
    public Map<String, Object> bindings() {
        return Map.of();
    }

    @Override
    public boolean includes(String deviceId) {
        return !deviceId.isEmpty();
    }

    @Override
    public String toString() {
        return "DeviceScope[all]";
    }
}
