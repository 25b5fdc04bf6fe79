package org.omtpdm.server.devices;

import java.util.Collection;
import java.util.Map;

/** How many commands wait for devices, as lists show it. Thread-safe. */
@FunctionalInterface
public interface WaitingCommands {

    /** Counts by device id; devices for which nothing waits may be left out. */
    Map<String, Integer> counts(Collection<String> deviceIds);
}
