package org.omtpdm.server.events;

import java.util.Collection;
import java.util.Map;

/** Where events learn what devices are called. Thread-safe. */
@FunctionalInterface
public interface DeviceNames {

    /** Names by device id; devices that are gone are left out. */
    Map<String, String> of(Collection<String> deviceIds);
}
