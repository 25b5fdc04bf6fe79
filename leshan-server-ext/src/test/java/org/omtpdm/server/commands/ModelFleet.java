package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.DeviceLink;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Caller;

/**
 * Model devices with a network in between: requests wait until the test delivers, loses or delays
 * them. Not thread-safe but for sending.
 */
public final class ModelFleet implements DeviceLink, DeviceDirectory, DeviceSelection {

    /** A request under way. */
    public final class Flight {
        final ModelDevice device;
        public final DeviceRequest request;
        final Duration waitAtMost;
        final CompletableFuture<DeviceReply<Reading>> reply = new CompletableFuture<>();

        Flight(ModelDevice device, DeviceRequest request, Duration waitAtMost) {
            this.device = device;
            this.request = request;
            this.waitAtMost = waitAtMost;
        }

        /** Reaches the device, and the answer comes back. */
        void deliver() {
            var answer = arrive();
            flights.remove(this);
            reply.complete(answer);
        }

        /** Reaches the device; the answer is still under way. */
        DeviceReply<Reading> arrive() {
            device.lastHeard = clock.instant();
            return device.handle(request);
        }

        /** Reaches the device, the answer is lost. */
        void loseAnswer() {
            arrive();
            lose();
        }

        /** Is lost on its way, or the device doesn't care. */
        void lose() {
            flights.remove(this);
            reply.complete(new DeviceReply.Silent<>(waitAtMost));
        }
    }

    private final Clock clock;
    public final Map<String, ModelDevice> devices = new LinkedHashMap<>();
    public final List<Flight> flights = new java.util.concurrent.CopyOnWriteArrayList<>();

    /** Most requests that were under way to one device at the same time. */
    public int mostInFlight;

    public final List<DeviceRequest> sent = new java.util.concurrent.CopyOnWriteArrayList<>();

    public ModelFleet(Clock clock) {
        this.clock = clock;
    }

    /** Adds a device; its id is its endpoint with {@code id-} before it. */
    public ModelDevice add(ModelDevice device) {
        devices.put("id-" + device.endpoint, device);
        return device;
    }

    private Optional<ModelDevice> byEndpoint(String endpoint) {
        return Optional.ofNullable(devices.get("id-" + endpoint));
    }

    @Override
    public synchronized CompletableFuture<DeviceReply<Reading>> send(
            String endpoint, DeviceRequest request, Duration waitAtMost) {
        var device = byEndpoint(endpoint).orElseThrow();
        if (!device.registered || device.asleep) {
            return CompletableFuture.completedFuture(new DeviceReply.NotSent<>("asleep"));
        }
        sent.add(request);
        var flight = new Flight(device, request, waitAtMost);
        flights.add(flight);
        mostInFlight =
                Math.max(
                        mostInFlight,
                        (int) flights.stream().filter(f -> f.device == device).count());
        return flight.reply;
    }

    @Override
    public Optional<RegistrationFacts> registration(String endpoint) {
        return byEndpoint(endpoint)
                .filter(device -> device.registered)
                .map(
                        device ->
                                new RegistrationFacts(
                                        endpoint,
                                        "r1",
                                        device.registeredAt,
                                        device.lastHeard,
                                        device.lastHeard,
                                        Duration.ofHours(1),
                                        "1.1",
                                        "1.1",
                                        "U",
                                        false,
                                        "127.0.0.1:1",
                                        true,
                                        Map.of(
                                                ObjectIds.PROCESS,
                                                new AnnouncedObject("1.0", List.of(0))),
                                        Optional.empty(),
                                        List.of()));
    }

    @Override
    public boolean isReachable(String endpoint) {
        return byEndpoint(endpoint).filter(d -> d.registered && !d.asleep).isPresent();
    }

    @Override
    public List<ResourcePath> observations(String endpoint) {
        return List.copyOf(byEndpoint(endpoint).orElseThrow().observed);
    }

    @Override
    public int registrations() {
        return devices.size();
    }

    @Override
    public Optional<ManagedDevice> find(String deviceId) {
        return Optional.ofNullable(devices.get(deviceId)).map(this::managed);
    }

    private ManagedDevice managed(ModelDevice device) {
        return new ManagedDevice(
                "id-" + device.endpoint,
                device.endpoint,
                device.endpoint,
                device.lacksObjects ? Set.of(3) : Set.of(3, ObjectIds.PROCESS, ObjectIds.FILE),
                !device.neverSeen,
                device.retired,
                device.asleep,
                device.asleep
                        ? Optional.of(clock.instant().plus(Duration.ofHours(1)))
                        : Optional.empty());
    }

    @Override
    public Map<String, ManagedDevice> findAll(Collection<String> deviceIds) {
        var found = new HashMap<String, ManagedDevice>();
        deviceIds.forEach(id -> find(id).ifPresent(device -> found.put(id, device)));
        return found;
    }

    @Override
    public List<String> matching(Caller caller, JsonNode filter) {
        return devices.entrySet().stream()
                .filter(e -> e.getValue().endpoint.contains(filter.path("q").asText()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Set<String> visible(Caller caller, Collection<String> deviceIds) {
        return deviceIds.stream().filter(devices::containsKey).collect(Collectors.toSet());
    }
}
