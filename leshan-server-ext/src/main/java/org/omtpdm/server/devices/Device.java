package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Our lasting record of a device, keyed by our id, with a unique endpoint client name.
 *
 * @param givenName the display name somebody gave; empty while nobody did
 * @param note what people wrote about it
 * @param registration the latest registration; absent while the device never registered
 * @param facts what it reported about itself
 * @param openAttention number of attention items that are open for it
 */
public record Device(
        String id,
        String endpoint,
        String givenName,
        String note,
        Instant createdAt,
        Life life,
        Optional<Registration> registration,
        DeviceFacts facts,
        int openAttention) {

    public Device {
        Objects.requireNonNull(life, "life");
        Objects.requireNonNull(registration, "registration");
    }

    /**
     * Where the device stands in its life.
     *
     * @param outOfServiceSince present while it is out of service
     * @param retiredSince present once it is retired
     * @param lastRefused the latest of its contacts that we refused
     * @param refusal why, in words; empty when none was refused
     */
    public record Life(
            Optional<Instant> outOfServiceSince,
            Optional<Instant> retiredSince,
            Optional<Instant> lastRefused,
            String refusal) {}

    /**
     * The latest registration, valid or not.
     *
     * @param deregisteredAt present when the device withdrew it
     */
    public record Registration(
            String id,
            Instant registeredAt,
            PresenceFacts.Contact contact,
            long lifetimeSeconds,
            String lwm2mVersion,
            String bindingMode,
            String address,
            boolean secured,
            Optional<Instant> deregisteredAt) {}

    /** What to call it: the given name, else the endpoint. */
    public String name() {
        return givenName.isEmpty() ? PlainText.of(endpoint) : givenName;
    }

    public PresenceFacts presence() {
        return new PresenceFacts(
                life.retiredSince().isPresent(),
                life.outOfServiceSince().isPresent(),
                registration.map(Registration::contact),
                life.lastRefused());
    }

    public DeviceState state(Instant now) {
        return Presence.of(presence(), now);
    }

    /** In queue mode and registered: when it is expected to wake up next. */
    public Optional<Instant> nextWakeUp(Instant now) {
        return registration
                .map(Registration::contact)
                .filter(contact -> contact.queueMode() && contact.validUntil().isAfter(now))
                .map(PresenceFacts.Contact::expectedAt);
    }
}
