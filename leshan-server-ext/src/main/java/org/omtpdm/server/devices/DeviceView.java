package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A device as a row of a list: {@code Device} of {@code openapi.yaml}. */
public record DeviceView(
        String id,
        String endpoint,
        String name,
        DeviceState state,
        Optional<String> stateDetail,
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> serial,
        Optional<String> firmware,
        OptionalInt battery,
        OptionalLong memoryFree,
        Optional<List<Integer>> errorCodes,
        OptionalLong processCount,
        boolean queueMode,
        boolean secured,
        Optional<String> address,
        Optional<String> lwm2mVersion,
        Optional<Instant> registeredAt,
        Optional<Instant> lastHeard,
        Optional<Instant> nextWakeUp,
        OptionalLong lifetimeSeconds,
        int openAttention,
        int waitingCommands,
        Optional<String> note) {

    public static DeviceView of(Device device, Instant now, int waitingCommands) {
        var facts = device.facts();
        var registration = device.registration();
        return new DeviceView(
                device.id(),
                device.endpoint(),
                device.name(),
                device.state(now),
                StateDetail.of(device, now),
                text(facts.manufacturer()),
                text(facts.model()),
                text(facts.serial()),
                text(facts.firmware()),
                facts.battery(),
                facts.memoryFree(),
                Optional.of(facts.errorCodes()).filter(codes -> !codes.isEmpty()),
                facts.processCount(),
                registration.filter(latest -> latest.contact().queueMode()).isPresent(),
                registration.filter(Device.Registration::secured).isPresent(),
                registration.map(Device.Registration::address).flatMap(DeviceView::text),
                registration.map(Device.Registration::lwm2mVersion).flatMap(DeviceView::text),
                registration.map(Device.Registration::registeredAt),
                registration.map(latest -> latest.contact().lastHeard()),
                device.nextWakeUp(now),
                registration
                        .map(latest -> OptionalLong.of(latest.lifetimeSeconds()))
                        .orElse(OptionalLong.empty()),
                device.openAttention(),
                waitingCommands,
                text(device.note()));
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
