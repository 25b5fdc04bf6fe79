package org.omtpdm.server.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/**
 * Which observations can be trusted. After a new DTLS session a device may have forgotten those it
 * had; they count again once they were set again. Devices that come back together (after an outage)
 * are looked at spread over some seconds. Bounded by the devices with a new session. Thread-safe.
 */
public final class Observed {

    private static final long SOONEST_MILLIS = 2_000;
    private static final long LATEST_MILLIS = 12_000;

    private final Map<String, Set<ResourcePath>> doubted = new ConcurrentHashMap<>();
    private final Consumer<String> wake;

    /**
     * @param wake has the lane look at the device with this endpoint; called later
     */
    public Observed(Consumer<String> wake) {
        this.wake = wake;
    }

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

    /** A registered device has a new DTLS session. */
    public void newSession(String endpoint) {
        doubted.put(endpoint, ConcurrentHashMap.newKeySet());
        var pause = ThreadLocalRandom.current().nextLong(SOONEST_MILLIS, LATEST_MILLIS);
        java.util.concurrent.CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)
                .execute(() -> wake.accept(endpoint));
    }

    /** With a new registration the link itself begins without observations. */
    public void registered(RegistrationFacts registration) {
        doubted.remove(registration.endpoint());
    }
}
