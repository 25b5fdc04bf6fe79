package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.ResourcePath;

/**
 * The server's door to devices. Thread-safe. Knows nothing of priorities or persistence of
 * commands: the lane decides what is sent when.
 */
public interface DeviceLink {

    /**
     * Sends one request and completes when the device answered, refused or stayed silent. Never
     * completes exceptionally, except with a bug.
     *
     * <p>{@link DeviceRequest.Discover} answers with an empty {@link Reading}; its links are stored
     * with the registration facts.
     *
     * @param waitAtMost 1 s to 1 h, counted from the send
     */
    CompletableFuture<DeviceReply<Reading>> send(
            String endpoint, DeviceRequest request, Duration waitAtMost);

    /** The registration now, if there is one. */
    Optional<RegistrationFacts> registration(String endpoint);

    /** True when the device is registered and, in queue mode, within its awake time. */
    boolean isReachable(String endpoint);

    /** Paths observed on this endpoint now. */
    List<ResourcePath> observations(String endpoint);

    /**
     * What was learnt about how to talk to this device, in English sentences: formats it refuses,
     * operations it leaves unanswered, a clock that is off. Empty when nothing was odd or it isn't
     * registered.
     */
    default List<String> experience(String endpoint) {
        return List.of();
    }

    /** Number of valid registrations. */
    int registrations();
}
