package org.omtpdm.server.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.events.Event;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/**
 * Brings news to the lane: that a device came or woke up (as events, so that its record is there),
 * and that it notified something somebody waits for. Thread-safe.
 */
public final class LaneNews implements DeviceListener {

    private static final Set<String> CONTACTS = Set.of("device.updated", "device.awake");

    private static final long SOONEST_MILLIS = 1_000;
    private static final long LATEST_MILLIS = 8_000;

    private final Lane lane;
    private final Function<String, Optional<String>> idOfEndpoint;

    public LaneNews(Lane lane, Function<String, Optional<String>> idOfEndpoint) {
        this.lane = lane;
        this.idOfEndpoint = idOfEndpoint;
    }

    /** For {@link org.omtpdm.server.events.Events#subscribe}. */
    public void happened(Event event) {
        if (event.type().equals("device.registered")) {
            event.deviceId().ifPresent(lane::registeredAnew);
        } else if (CONTACTS.contains(event.type())) {
            event.deviceId().ifPresent(lane::wake);
        }
    }

    /**
     * What the device was observed for may be gone. Devices that come back together, after an
     * outage, are looked at spread over some seconds.
     */
    @Override
    public void newSession(String endpoint) {
        var pause = ThreadLocalRandom.current().nextLong(SOONEST_MILLIS, LATEST_MILLIS);
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)
                .execute(() -> idOfEndpoint.apply(endpoint).ifPresent(lane::wake));
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        var resource = observed.resourceId().orElse(-1);
        var awaited =
                resource == OperationResources.OPERATION_STATE
                        || resource == ListingResources.PAGE_COUNT;
        if (awaited && observed.objectId().orElse(0) >= ObjectIds.BASE) {
            lane.notified(() -> idOfEndpoint.apply(endpoint), observed);
        }
    }

    @Override
    public void awake(String endpoint) {
        // told by an event, after it is written
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        // told by an event, after it is written
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        // told by an event, after it is written
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        // what waits goes on waiting
    }

    @Override
    public void expired(RegistrationFacts registration) {
        // what waits goes on waiting
    }

    @Override
    public void heard(String endpoint, Instant at) {
        // too often to look each time
    }

    @Override
    public void asleep(String endpoint) {
        // what waits goes on waiting
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        // nobody waits for a Send
    }

    @Override
    public void refused(RefusedContact contact) {
        // not a device of ours
    }
}
