package org.omtpdm.server.devices;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/**
 * The door to device records: finding, listing, counting, and changing what people may change. What
 * devices say comes in through {@link DeviceIntake}. Thread-safe.
 */
public final class DeviceService {

    private static final int FACET_VALUES = 50;

    private final Database database;
    private final Events events;
    private final Audit audit;
    private final Clock clock;

    public DeviceService(Database database, Events events, Audit audit, Clock clock) {
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    public Optional<Device> find(String id, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.byId(handle, id, scope));
    }

    /**
     * @throws ManagementException {@code DEVICE_UNKNOWN} when there is none, or not in this scope
     */
    public Device get(String id, DeviceScope scope) {
        return find(id, scope).orElseThrow(() -> unknown(id));
    }

    public Optional<Device> findByEndpoint(String endpoint) {
        return database.read(handle -> DeviceQueries.byEndpoint(handle, endpoint));
    }

    /** Those of these ids that exist in this scope, in no particular order. */
    public List<Device> findAll(Collection<String> ids, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.byIds(handle, ids, scope));
    }

    /**
     * @throws IllegalArgumentException when the cursor isn't one of this list
     */
    public Page<Device> page(
            DeviceFilter filter, DeviceSort sort, PageRequest request, DeviceScope scope) {
        return database.read(
                handle -> new DeviceListing(handle, filter, sort, request, scope, now()).page());
    }

    public long count(DeviceFilter filter, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.count(handle, filter, scope, now()));
    }

    /** The ids of all devices that match now: a selection to be frozen. */
    public List<String> ids(DeviceFilter filter, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.ids(handle, filter, scope, now()));
    }

    public Map<DeviceState, Long> countByState(DeviceFilter filter, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.byState(handle, filter, scope, now()));
    }

    public DeviceFacets facets(DeviceFilter filter, DeviceScope scope) {
        return database.read(
                handle -> new FacetQuery(handle, filter, scope, now()).facets(FACET_VALUES));
    }

    /** Counts by firmware version, the most frequent first; empty text for unknown. */
    public List<FacetCount> byFirmware(int most, DeviceScope scope) {
        return database.read(
                handle ->
                        new FacetQuery(handle, DeviceFilter.ALL, scope, now())
                                .column("firmware", most));
    }

    /** Devices last heard in each of the last 24 hours, oldest first; hours end now. */
    public List<HeardHour> heardByHour(DeviceScope scope) {
        return database.read(handle -> DeviceQueries.heardByHour(handle, scope, now()));
    }

    /** How many devices were added at or after a time. */
    public long addedSince(Instant since, DeviceScope scope) {
        return database.read(handle -> DeviceQueries.addedSince(handle, scope, since));
    }

    /**
     * A device whose registration expired, and which hasn't signed off.
     *
     * @param since when it expired
     * @param detail one clause
     */
    public record Silence(String deviceId, String name, Instant since, String detail) {}

    /** All devices in service that are silent without having signed off. */
    public List<Silence> silences() {
        return database.read(handle -> DeviceQueries.silences(handle, now()));
    }

    /** What the device announced with its latest registration; empty before the first. */
    public Optional<Announcement> announcement(String id) {
        return database.read(handle -> Announcement.find(handle, id));
    }

    /** What these devices announced, by id; devices that never registered are left out. */
    public Map<String, Announcement> announcements(Collection<String> ids) {
        return database.read(handle -> Announcement.findAll(handle, ids));
    }

    /**
     * Changes what people say about a device.
     *
     * @param name an empty text takes the given name away again
     * @throws ManagementException {@code DEVICE_UNKNOWN}
     */
    public Device change(Caller caller, String id, Optional<String> name, Optional<String> note) {
        return database.write(
                tx -> {
                    var device =
                            DeviceQueries.byId(tx.handle(), id, caller.scope())
                                    .orElseThrow(() -> unknown(id));
                    var newName = name.map(String::strip).orElse(device.givenName());
                    var newNote = note.orElse(device.note());
                    DeviceWrites.words(tx.handle(), device, newName, newNote);
                    audit.record(tx, caller, changed(device, newName, newNote));
                    return DeviceQueries.byId(tx.handle(), id, caller.scope()).orElseThrow();
                });
    }

    private static NewAuditRecord changed(Device device, String name, String note) {
        return NewAuditRecord.done("device.change", device.endpoint())
                .onDevice(device.id())
                .with(
                        Map.of(
                                "nameBefore",
                                device.givenName(),
                                "name",
                                name,
                                "noteBefore",
                                device.note(),
                                "note",
                                note));
    }

    /** Announces a device before it comes, within a transaction. */
    Device add(Tx tx, Caller caller, String endpoint, String name) {
        if (DeviceQueries.byEndpoint(tx.handle(), endpoint).isPresent()) {
            throw new ManagementException(
                    ErrorCode.ALREADY_EXISTS,
                    "Add a device: there is one with the endpoint '" + endpoint + "' already");
        }
        var id = Ids.next();
        DeviceWrites.insert(tx.handle(), id, endpoint, name.strip(), tx.now());
        var device = DeviceQueries.byId(tx.handle(), id, DeviceScope.all()).orElseThrow();
        events.publish(tx, DeviceEvents.added(id, device.name()));
        audit.record(tx, caller, NewAuditRecord.done("device.add", endpoint).onDevice(id));
        return device;
    }

    /**
     * Changes what the lists know of a device's own report, in the transaction of the report.
     * Nothing is written when nothing changes.
     */
    public void report(Tx tx, String id, UnaryOperator<DeviceFacts> change) {
        DeviceQueries.byId(tx.handle(), id, DeviceScope.all())
                .ifPresent(
                        device -> {
                            var facts = change.apply(device.facts());
                            if (!facts.equals(device.facts())) {
                                DeviceWrites.facts(tx.handle(), device, facts);
                            }
                        });
    }

    /** The id of the device with this endpoint, within a transaction. */
    public Optional<String> idOf(Tx tx, String endpoint) {
        return DeviceQueries.idOf(tx.handle(), endpoint);
    }

    /** Notes how many attention items are open for a device, so that lists can show it. */
    public void openAttention(Tx tx, String id, int open) {
        DeviceWrites.openAttention(tx.handle(), id, open);
    }

    private static ManagementException unknown(String id) {
        return new ManagementException(
                ErrorCode.DEVICE_UNKNOWN,
                "No device has the id '" + PlainText.of(id) + "', or it isn't yours to see");
    }

    private Instant now() {
        return clock.instant();
    }
}
