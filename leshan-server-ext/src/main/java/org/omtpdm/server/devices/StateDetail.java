package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Optional;

/** What stands beside the word of a state: the clause that makes it useful. */
final class StateDetail {

    private StateDetail() {}

    static Optional<String> of(Device device, Instant now) {
        return switch (device.state(now)) {
            case ONLINE -> Optional.empty();
            case ASLEEP -> contact(device).map(c -> "next wake-up about " + minute(c.expectedAt()));
            case OVERDUE ->
                    contact(device)
                            .map(
                                    c ->
                                            "expected about "
                                                    + minute(c.expectedAt())
                                                    + ", not heard of since "
                                                    + minute(c.lastHeard()));
            case SILENT -> silent(device);
            case NEVER_SEEN -> Optional.of("announced " + minute(device.createdAt()));
            case REFUSED -> Optional.of(device.life().refusal()).filter(why -> !why.isEmpty());
            case OUT_OF_SERVICE ->
                    device.life().outOfServiceSince().map(since -> "since " + minute(since));
            case RETIRED -> device.life().retiredSince().map(since -> "since " + minute(since));
        };
    }

    private static Optional<String> silent(Device device) {
        var signedOff =
                device.registration()
                        .flatMap(Device.Registration::deregisteredAt)
                        .map(at -> "signed off " + minute(at));
        return signedOff.or(
                () ->
                        contact(device)
                                .map(
                                        c ->
                                                "not heard of since "
                                                        + minute(c.lastHeard())
                                                        + ", registration expired "
                                                        + minute(c.validUntil())));
    }

    private static Optional<PresenceFacts.Contact> contact(Device device) {
        return device.registration().map(Device.Registration::contact);
    }

    private static String minute(Instant time) {
        return DeviceEvents.minute(time);
    }
}
