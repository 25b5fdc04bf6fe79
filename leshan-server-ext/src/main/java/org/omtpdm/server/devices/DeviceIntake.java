package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Tx;

/**
 * Turns what devices do into device records and events. Readings are not its business. Thread-safe.
 */
public final class DeviceIntake implements DeviceListener {

    /**
     * How long a queue-mode device counts as awake after it showed up, where the link doesn't say.
     *
     * @see "LwM2M Core 1.1.1 §6.5, MAX_TRANSMIT_WAIT"
     */
    static final Duration AWAKE = Duration.ofSeconds(93);

    private static final int HEARD_AT_ONCE = 500;

    private final Intake intake;
    private final Events events;
    private final RefusedContacts refused;
    private final HeardBuffer heard = new HeardBuffer();

    public DeviceIntake(Intake intake, Events events, RefusedContacts refused) {
        this.intake = intake;
        this.events = events;
        this.refused = refused;
    }

    /** Writes what was collected since the last call; to be called at least every second. */
    public void flush() {
        for (var part : heard.take(HEARD_AT_ONCE)) {
            intake.submit(tx -> heard(tx, part));
        }
        refused.flush();
    }

    private void heard(Tx tx, List<HeardBuffer.Heard> news) {
        for (var missed : heard.write(tx.handle(), news)) {
            missed.update().ifPresent(registration -> registered(tx, registration));
        }
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        intake.submit(tx -> registered(tx, registration));
    }

    private void registered(Tx tx, RegistrationFacts registration) {
        var device = store(tx, registration);
        refused.accepted(tx, device);
        events.publish(
                tx,
                DeviceEvents.registered(
                        device.id(), device.name(), registration, device.registration().isEmpty()));
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        if (!changed) {
            heard.record(
                    new HeardBuffer.Heard(
                            registration.endpoint(),
                            registration.lastHeard(),
                            Optional.of(registration)));
            return;
        }
        intake.submit(
                tx -> {
                    var device = store(tx, registration);
                    events.publish(
                            tx, DeviceEvents.updated(device.id(), device.name(), registration));
                });
    }

    /** Writes the registration; returns the device as it was before. */
    private Device store(Tx tx, RegistrationFacts registration) {
        var device = existing(tx, registration.endpoint());
        var rhythm =
                Optional.ofNullable(
                                DeviceWrites.known(tx.handle(), List.of(registration.endpoint()))
                                        .get(registration.endpoint()))
                        .map(
                                before ->
                                        before.rhythm()
                                                .beat(
                                                        registration.lastUpdate(),
                                                        registration.lifetime()))
                        .orElseGet(
                                () ->
                                        ContactRhythm.first(
                                                registration.lastUpdate(),
                                                registration.lifetime()));
        DeviceWrites.registration(tx.handle(), device.id(), registration, rhythm);
        heard.forget(registration.endpoint());
        return device;
    }

    private static Device existing(Tx tx, String endpoint) {
        return DeviceQueries.byEndpoint(tx.handle(), endpoint)
                .orElseGet(
                        () -> {
                            var id = Ids.next();
                            DeviceWrites.insert(tx.handle(), id, endpoint, "", tx.now());
                            return DeviceQueries.byId(tx.handle(), id, DeviceScope.all())
                                    .orElseThrow();
                        });
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        ended(
                registration,
                (tx, device) -> {
                    DeviceWrites.deregistered(tx.handle(), device.id(), tx.now());
                    events.publish(tx, DeviceEvents.deregistered(device.id(), device.name()));
                });
    }

    @Override
    public void expired(RegistrationFacts registration) {
        ended(
                registration,
                (tx, device) -> {
                    DeviceWrites.expired(tx.handle(), device.id(), tx.now());
                    events.publish(tx, DeviceEvents.silent(device.id(), device.name()));
                });
    }

    /** For the end of a registration, unless a newer one stands already. */
    private void ended(RegistrationFacts registration, BiConsumer<Tx, Device> effect) {
        onDevice(
                registration.endpoint(),
                (tx, device) -> {
                    heard.forget(registration.endpoint());
                    if (device.registration()
                            .filter(latest -> latest.id().equals(registration.registrationId()))
                            .isPresent()) {
                        effect.accept(tx, device);
                    }
                });
    }

    @Override
    public void heard(String endpoint, Instant at) {
        heard.record(new HeardBuffer.Heard(endpoint, at, Optional.empty()));
    }

    @Override
    public void awake(String endpoint) {
        onDevice(
                endpoint,
                (tx, device) -> {
                    DeviceWrites.awakeUntil(tx.handle(), device.id(), tx.now().plus(AWAKE));
                    events.publish(tx, DeviceEvents.awake(device.id(), device.name()));
                });
    }

    @Override
    public void asleep(String endpoint) {
        onDevice(
                endpoint,
                (tx, device) -> {
                    DeviceWrites.awakeUntil(tx.handle(), device.id(), tx.now());
                    var expected =
                            device.registration()
                                    .map(registration -> registration.contact().expectedAt())
                                    .orElse(tx.now());
                    events.publish(tx, DeviceEvents.asleep(device.id(), device.name(), expected));
                });
    }

    private void onDevice(String endpoint, BiConsumer<Tx, Device> effect) {
        intake.submit(
                tx ->
                        DeviceQueries.byEndpoint(tx.handle(), endpoint)
                                .ifPresent(device -> effect.accept(tx, device)));
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        // the link says heard as well; values belong to the inventory
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        // the link says heard as well; values belong to the inventory
    }

    @Override
    public void refused(RefusedContact contact) {
        refused.note(contact);
    }
}
