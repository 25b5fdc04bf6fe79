package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.lwm2m.CredentialSource;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/**
 * Handshakes and registrations that were refused: who tries to connect and why he can't.
 *
 * <p>Everything in them is claimed by a stranger. The same claims from the same host are one entry
 * that counts; a host gets at most {@link #PER_HOST} entries, everybody together {@link #MOST}, and
 * one second brings at most {@link #PER_FLUSH} different ones. Thread-safe.
 */
public final class RefusedContacts {

    static final int MOST = 1_000;
    static final int PER_HOST = 50;
    static final int PER_FLUSH = 200;

    private static final int LONGEST_CLAIM = 255;
    private static final Duration BETWEEN_EVENTS = Duration.ofMinutes(1);

    /** What was collected of one cause since the last flush. */
    private record Collected(DeviceListener.RefusedContact latest, Instant firstAt, long count) {
        Collected and(Collected later) {
            return new Collected(later.latest, firstAt, count + later.count);
        }
    }

    private final Database database;
    private final Intake intake;
    private final CredentialSource credentials;
    private final Events events;
    private final Audit audit;
    private final Map<String, Collected> collected = new ConcurrentHashMap<>();

    public RefusedContacts(
            Database database,
            Intake intake,
            CredentialSource credentials,
            Events events,
            Audit audit) {
        this.database = database;
        this.intake = intake;
        this.credentials = credentials;
        this.events = events;
        this.audit = audit;
    }

    /** Newest first. */
    public Page<RefusedContact> page(PageRequest request, DeviceScope scope) {
        return database.read(handle -> RefusedTable.page(handle, request, scope));
    }

    /** How many entries were last refused at or after {@code since}. */
    public long countSince(Instant since, DeviceScope scope) {
        return database.read(handle -> RefusedTable.countSince(handle, since, scope));
    }

    /** All entries, newest first. */
    public List<RefusedContact> latest() {
        return database.read(handle -> RefusedTable.latest(handle, MOST));
    }

    /**
     * Removes one entry from the list; it comes back with the next refusal.
     *
     * @throws ManagementException {@code NOT_FOUND}
     */
    public void forget(Caller caller, String id) {
        database.write(
                tx -> {
                    var contact =
                            RefusedTable.find(tx.handle(), id, caller.scope())
                                    .orElseThrow(() -> notFound(id));
                    RefusedTable.remove(tx.handle(), id);
                    audit.record(
                            tx,
                            caller,
                            NewAuditRecord.done(
                                    "device.forget-refused", PlainText.of(contact.claimedName())));
                    return null;
                });
    }

    private static ManagementException notFound(String id) {
        return new ManagementException(
                ErrorCode.NOT_FOUND, "No refused contact has the id '" + PlainText.of(id) + "'");
    }

    /** Collects a refusal; it is stored with the next {@link #flush}. */
    void note(DeviceListener.RefusedContact contact) {
        var plain =
                new DeviceListener.RefusedContact(
                        contact.at(),
                        PlainText.of(contact.address()),
                        PlainText.of(contact.endpoint(), LONGEST_CLAIM),
                        PlainText.of(contact.identity(), LONGEST_CLAIM),
                        contact.reason(),
                        PlainText.of(contact.detail()));
        var cause = cause(plain, true);
        if (collected.size() >= PER_FLUSH && !collected.containsKey(cause)) {
            plain = anonymous(plain);
            cause = cause(plain, true);
        }
        if (collected.size() < 2 * PER_FLUSH || collected.containsKey(cause)) {
            collected.merge(cause, new Collected(plain, plain.at(), 1), Collected::and);
        }
    }

    /** Without the claims: where one host makes up ever new names. */
    private static DeviceListener.RefusedContact anonymous(DeviceListener.RefusedContact contact) {
        return new DeviceListener.RefusedContact(
                contact.at(), contact.address(), "", "", contact.reason(), contact.detail());
    }

    private static String cause(DeviceListener.RefusedContact contact, boolean withClaims) {
        return String.join(
                "\n",
                RefusedContact.host(contact.address()),
                contact.reason().name(),
                withClaims ? contact.endpoint() : "",
                withClaims ? contact.identity() : "");
    }

    void flush() {
        for (var cause : List.copyOf(collected.keySet())) {
            var entry = collected.remove(cause);
            if (entry != null) {
                intake.submit(tx -> store(tx, entry));
            }
        }
    }

    private void store(Tx tx, Collected entry) {
        var contact = entry.latest;
        var cause = cause(contact, true);
        var before = RefusedTable.byCause(tx.handle(), cause);
        if (before.isEmpty()
                && RefusedTable.ofHost(tx.handle(), RefusedContact.host(contact.address()))
                        >= PER_HOST) {
            contact = anonymous(contact);
            cause = cause(contact, false);
            before = RefusedTable.byCause(tx.handle(), cause);
        }
        var device = device(tx, contact);
        var stored =
                RefusedTable.add(
                        tx.handle(),
                        cause,
                        RefusedContact.host(contact.address()),
                        contact,
                        entry.firstAt,
                        entry.count,
                        device.map(Device::id));
        if (before.isEmpty()) {
            RefusedTable.trim(tx.handle(), MOST);
        }
        device.ifPresent(
                known ->
                        DeviceWrites.refused(
                                tx.handle(), known.id(), stored.at(), stored.detail()));
        var last = before.map(RefusedContact::at).orElse(Instant.EPOCH);
        if (last.plus(BETWEEN_EVENTS).isBefore(stored.at())) {
            events.publish(tx, event(stored));
        }
    }

    /** Who the contact claims to be: the owner of the key, else the endpoint it names. */
    private Optional<Device> device(Tx tx, DeviceListener.RefusedContact contact) {
        var owner =
                Optional.of(contact.identity())
                        .filter(identity -> !identity.isEmpty())
                        .flatMap(credentials::byIdentity)
                        .map(CredentialSource.PskCredential::endpoint);
        return owner.or(() -> Optional.of(contact.endpoint()).filter(name -> !name.isEmpty()))
                .flatMap(endpoint -> DeviceQueries.byEndpoint(tx.handle(), endpoint));
    }

    private static NewEvent event(RefusedContact contact) {
        return new NewEvent(
                "device.refused",
                contact.deviceId(),
                contact.claimedName() + " was refused: " + contact.detail(),
                Map.of("refusedId", contact.id(), "reason", contact.reason().name()));
    }

    /** Forgets the refusals of a device that was let in. */
    void accepted(Tx tx, Device device) {
        RefusedTable.removeOf(tx.handle(), device.id(), device.endpoint());
    }
}
