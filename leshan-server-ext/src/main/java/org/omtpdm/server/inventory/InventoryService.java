package org.omtpdm.server.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/**
 * The door to what devices reported last, and when. At most {@link InventoryTable#MOST} values are
 * kept per device; new paths beyond that are dropped. Thread-safe.
 */
public final class InventoryService {

    /** A device may say that it measured something up to this long ago, but never in the future. */
    private static final Duration OLDEST_MEASUREMENT = Duration.ofDays(30);

    private static final int PATHS_IN_EVENT = 50;

    private final Database database;
    private final DeviceService devices;
    private final Events events;
    private final Clock clock;

    public InventoryService(Database database, DeviceService devices, Events events, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.events = events;
        this.clock = clock;
    }

    /** The last known values at and below a path, in the order of paths. */
    public List<KnownValue> values(String deviceId, ResourcePath path) {
        return database.read(handle -> InventoryTable.below(handle, deviceId, path));
    }

    /** The last known value of a resource or resource instance. */
    public Optional<KnownValue> value(String deviceId, ResourcePath path) {
        return values(deviceId, path).stream()
                .filter(known -> known.path().equals(path))
                .findFirst();
    }

    /** Notes the answer to a Read of ours, of {@code path}. */
    public void read(String deviceId, ResourcePath path, Reading reading) {
        database.write(
                tx -> {
                    read(tx, deviceId, path, reading);
                    return null;
                });
    }

    /** As {@link #read(String, ResourcePath, Reading)}, within a transaction. */
    public void read(Tx tx, String deviceId, ResourcePath path, Reading reading) {
        store(tx, deviceId, Optional.of(path), reading, Origin.READ);
    }

    /** Notes what we wrote ourselves, until the device confirms it. */
    public void assumed(Tx tx, String deviceId, Map<ResourcePath, ResourceValue> written) {
        store(
                tx,
                deviceId,
                Optional.empty(),
                new Reading(tx.now(), written, false),
                Origin.ASSUMED);
    }

    /**
     * @param path what was read or observed; absent for a Send
     */
    void store(
            Tx tx, String deviceId, Optional<ResourcePath> path, Reading reading, Origin origin) {
        var at = plausible(reading.at(), tx.now());
        path.ifPresent(asked -> removeVanishedItems(tx, deviceId, asked, reading));
        var values =
                reading.values().entrySet().stream()
                        .filter(entry -> entry.getKey().ids().size() >= 3)
                        .map(entry -> new KnownValue(entry.getKey(), entry.getValue(), at, origin))
                        .toList();
        InventoryTable.put(tx.handle(), deviceId, bounded(tx, deviceId, values));
        if (path.filter(ReportedFacts::concerns).isPresent()
                || values.stream().anyMatch(known -> ReportedFacts.concerns(known.path()))) {
            project(tx, deviceId);
        }
        if (!values.isEmpty()) {
            events.publish(tx, changed(deviceId, values, origin));
        }
    }

    /** The device's own time where it can be, else the time the message came in. */
    private static Instant plausible(Instant said, Instant now) {
        return said.isAfter(now) || said.isBefore(now.minus(OLDEST_MEASUREMENT)) ? now : said;
    }

    /** A multiple resource that is told whole has just the instances that are told. */
    private static void removeVanishedItems(
            Tx tx, String deviceId, ResourcePath asked, Reading reading) {
        if (asked.isResource()) {
            InventoryTable.remove(tx.handle(), deviceId, asked);
        } else if (asked.ids().size() < 3) {
            reading.values().keySet().stream()
                    .filter(path -> path.ids().size() == 4)
                    .map(path -> new ResourcePath(path.ids().subList(0, 3)))
                    .distinct()
                    .forEach(path -> InventoryTable.remove(tx.handle(), deviceId, path));
        }
    }

    private List<KnownValue> bounded(Tx tx, String deviceId, List<KnownValue> values) {
        if (InventoryTable.count(tx.handle(), deviceId) + values.size() <= InventoryTable.MOST) {
            return values;
        }
        var known =
                InventoryTable.below(tx.handle(), deviceId, ResourcePath.ROOT).stream()
                        .map(KnownValue::path)
                        .collect(Collectors.toSet());
        var kept = new ArrayList<KnownValue>();
        var room = InventoryTable.MOST - known.size();
        for (var value : values) {
            if (known.contains(value.path()) || room-- > 0) {
                kept.add(value);
            }
        }
        return kept;
    }

    private void project(Tx tx, String deviceId) {
        var known = new ArrayList<KnownValue>();
        known.addAll(InventoryTable.below(tx.handle(), deviceId, ReportedFacts.DEVICE));
        known.addAll(InventoryTable.below(tx.handle(), deviceId, ReportedFacts.PROCESS_COUNT));
        devices.report(tx, deviceId, before -> ReportedFacts.of(known));
    }

    private static NewEvent changed(String deviceId, List<KnownValue> values, Origin origin) {
        return NewEvent.ofDevice(
                        "inventory.changed",
                        deviceId,
                        values.size() == 1
                                ? "1 value " + origin
                                : values.size() + " values " + origin)
                .with(
                        Map.of(
                                "origin",
                                origin.toString(),
                                "count",
                                values.size(),
                                "paths",
                                values.stream()
                                        .limit(PATHS_IN_EVENT)
                                        .map(known -> known.path().toString())
                                        .toList()));
    }

    /** Forgets values of an object's instances that the device no longer announces. */
    void keepOnly(Tx tx, String deviceId, int objectId, List<Integer> instances) {
        InventoryTable.keepOnly(tx.handle(), deviceId, objectId, instances);
    }

    Instant now() {
        return clock.instant();
    }
}
