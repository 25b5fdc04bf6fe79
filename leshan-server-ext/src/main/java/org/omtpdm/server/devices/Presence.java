package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Optional;

/**
 * How a device stands at a moment. {@link PresenceSql} says the same in SQL; a test holds the two
 * together.
 *
 * <p>Refused contacts carry no proof of who sent them. Hence a refusal changes the word only where
 * nothing valid speaks for the device: nobody can paint a device that is Online or Asleep.
 */
public final class Presence {

    private Presence() {}

    /** The word for these facts at this moment; times count in whole milliseconds. */
    public static DeviceState of(PresenceFacts facts, Instant now) {
        if (facts.retired()) {
            return DeviceState.RETIRED;
        }
        if (facts.outOfService()) {
            return DeviceState.OUT_OF_SERVICE;
        }
        var state = facts.contact().map(contact -> of(contact, now)).orElse(DeviceState.NEVER_SEEN);
        return switch (state) {
            case NEVER_SEEN, SILENT, OVERDUE -> lastWasRefused(facts) ? DeviceState.REFUSED : state;
            case ONLINE, ASLEEP, REFUSED, OUT_OF_SERVICE, RETIRED -> state;
        };
    }

    private static DeviceState of(PresenceFacts.Contact contact, Instant now) {
        if (!contact.validUntil().isAfter(now)) {
            return DeviceState.SILENT;
        }
        if (contact.queueMode() && contact.awakeUntil().isAfter(now)) {
            return DeviceState.ONLINE;
        }
        if (contact.overdueAt().isBefore(now)) {
            return DeviceState.OVERDUE;
        }
        return contact.queueMode() ? DeviceState.ASLEEP : DeviceState.ONLINE;
    }

    private static boolean lastWasRefused(PresenceFacts facts) {
        Optional<Instant> lastHeard = facts.contact().map(PresenceFacts.Contact::lastHeard);
        return facts.lastRefused()
                .filter(refused -> lastHeard.map(refused::isAfter).orElse(true))
                .isPresent();
    }
}
