package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.events.Event;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.lwm2m.CredentialSource;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.TestClock;
import org.omtpdm.server.store.TestDatabase;

/** The device feature on a real database, with a clock that stands. */
public final class DevicesFixture implements AutoCloseable {

    public static final Caller ANNA =
            Caller.user("anna", List.of(org.omtpdm.server.security.Role.values()));
    public static final DeviceScope ALL = DeviceScope.all();

    public final TestClock clock = new TestClock();
    public final Database database;
    public final Events events;
    public final Audit audit;
    public final Intake intake;
    public final DeviceService devices;
    public final RefusedContacts refused;
    public final DeviceIntake listener;
    public final Map<String, String> endpointOfIdentity = new HashMap<>();
    public final List<Event> published = new CopyOnWriteArrayList<>();

    private DevicesFixture(TestDatabase kind) {
        database = kind.open(clock);
        events = new Events(new EventStore(database));
        audit = new Audit(new AuditStore(database));
        intake = new Intake(database);
        devices = new DeviceService(database, events, audit, clock);
        refused = new RefusedContacts(database, intake, credentials(), events, audit);
        listener = new DeviceIntake(intake, events, refused);
        events.subscribe(published::add);
    }

    public static DevicesFixture on(TestDatabase kind) {
        return new DevicesFixture(kind);
    }

    private CredentialSource credentials() {
        return new CredentialSource() {
            @Override
            public Optional<PskCredential> byIdentity(String identity) {
                return Optional.ofNullable(endpointOfIdentity.get(identity))
                        .map(endpoint -> new PskCredential(endpoint, identity, new byte[16]));
            }

            @Override
            public Optional<PskCredential> byEndpoint(String endpoint) {
                return Optional.empty();
            }
        };
    }

    /** Waits until everything the listener was told is written and its events are out. */
    public void settle() {
        listener.flush();
        org.awaitility.Awaitility.await().until(() -> intake.waiting() == 0);
        database.settle();
    }

    /** The events published since the last call, in order. */
    public List<String> eventTypes() {
        settle();
        var types = published.stream().map(Event::type).toList();
        published.clear();
        return types;
    }

    public Device device(String endpoint) {
        settle();
        return devices.findByEndpoint(endpoint).orElseThrow();
    }

    public DeviceState stateOf(String endpoint) {
        return device(endpoint).state(clock.instant());
    }

    public Device register(String endpoint) {
        listener.registered(registration(endpoint), false);
        return device(endpoint);
    }

    /** A registration that begins now, valid for 300 s, with the objects 1 and 3. */
    public RegistrationFacts registration(String endpoint) {
        return registration(endpoint, "r-" + endpoint, clock.instant(), false);
    }

    public RegistrationFacts sleepy(String endpoint) {
        return registration(endpoint, "r-" + endpoint, clock.instant(), true);
    }

    public RegistrationFacts registration(
            String endpoint, String id, Instant registeredAt, boolean queueMode) {
        return new RegistrationFacts(
                endpoint,
                id,
                registeredAt,
                clock.instant(),
                clock.instant(),
                Duration.ofSeconds(300),
                "1.1",
                "1.1",
                queueMode ? "UQ" : "U",
                queueMode,
                "127.0.0.1:4711",
                true,
                Map.of(
                        1, new AnnouncedObject("1.1", List.of(0)),
                        3, new AnnouncedObject("1.2", List.of(0))),
                queueMode ? Optional.of(clock.instant().plusSeconds(20)) : Optional.empty(),
                List.of());
    }

    public void refuse(
            String address, String endpoint, String identity, DeviceListener.RefusalReason reason) {
        listener.refused(
                new DeviceListener.RefusedContact(
                        clock.instant(),
                        address,
                        endpoint,
                        identity,
                        reason,
                        "Refused: " + reason));
    }

    @Override
    public void close() {
        database.close();
    }
}
