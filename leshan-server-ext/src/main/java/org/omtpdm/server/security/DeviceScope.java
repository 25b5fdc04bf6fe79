package org.omtpdm.server.security;

import java.util.Map;

/**
 * Which devices somebody may see and touch. Every query, count, search, export and live event takes
 * it. Until scopes can be edited, everybody's is {@link #all}. Immutable.
 */
public interface DeviceScope {

    /** Every device. */
    static DeviceScope all() {
        return AllDevices.SCOPE;
    }

    /**
     * A condition for a WHERE clause that holds for devices in this scope.
     *
     * @param deviceAlias the alias of the devices table in the statement: lower-case letters
     */
    String sql(String deviceAlias);

    /** Named values for the condition's parameters; bind them with {@code bindMap}. */
    Map<String, Object> bindings();

    /** Whether a device is in this scope. */
    boolean includes(String deviceId);
}
