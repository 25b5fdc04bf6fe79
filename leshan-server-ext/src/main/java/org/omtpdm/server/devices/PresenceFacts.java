package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the state of a device depends on, besides the time.
 *
 * @param contact absent while the device never registered
 * @param lastRefused the latest contact of this device that we refused
 */
public record PresenceFacts(
        boolean retired,
        boolean outOfService,
        Optional<Contact> contact,
        Optional<Instant> lastRefused) {

    public PresenceFacts {
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(lastRefused, "lastRefused");
    }

    /**
     * What is known of a device that registered at least once.
     *
     * @param validUntil when the registration expires, expired, or was withdrawn
     * @param awakeUntil end of the awake time; without meaning unless in queue mode
     * @param lastHeard last message of any kind
     * @param expectedAt when the next contact is expected
     * @param interval how often the device makes contact, see {@link ContactRhythm}
     */
    public record Contact(
            Instant validUntil,
            boolean queueMode,
            Instant awakeUntil,
            Instant lastHeard,
            Instant expectedAt,
            Duration interval) {

        /** From here on the expected contact is missed by more than a quarter of the interval. */
        public Instant overdueAt() {
            return expectedAt.plusMillis(interval.toMillis() / 4);
        }
    }
}
