package org.omtpdm.server.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.omtpdm.objects.ResourcePath;

/**
 * Which observations can be trusted. After a new DTLS session a device may have forgotten those it
 * had; they count again once they were set again, or with a new registration, which the link begins
 * without any. Bounded by the devices with a new session. Thread-safe.
 */
public final class Observed {

    private final Map<String, Set<ResourcePath>> doubted = new ConcurrentHashMap<>();

    /** Those of the link's observations that can be trusted. */
    List<ResourcePath> confirmed(String endpoint, List<ResourcePath> known) {
        var sure = doubted.get(endpoint);
        return sure == null ? known : known.stream().filter(sure::contains).toList();
    }

    void confirm(String endpoint, ResourcePath path) {
        doubted.computeIfPresent(
                endpoint,
                (same, sure) -> {
                    sure.add(path);
                    return sure;
                });
    }

    void doubt(String endpoint) {
        doubted.put(endpoint, ConcurrentHashMap.newKeySet());
    }

    void begin(String endpoint) {
        doubted.remove(endpoint);
    }
}
