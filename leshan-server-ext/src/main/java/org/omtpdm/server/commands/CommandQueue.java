package org.omtpdm.server.commands;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.commands.CommandLedger.Change;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.reconcile.WorkSource;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/**
 * The durable commands as a source of work: which command of a device is next, what time does to
 * them, and what a restart found. Thread-safe.
 */
public final class CommandQueue implements WorkSource {

    /** Commands that expire in one transaction. */
    private static final int AT_ONCE = 500;

    private final Database database;
    private final CommandStore store;
    private final CommandLedger ledger;
    private final CommandRunner runner;
    private final Clock clock;

    /** Devices that may have open commands: rather too many than too few. */
    private final Set<String> devices = ConcurrentHashMap.newKeySet();

    CommandQueue(
            Database database,
            CommandStore store,
            CommandLedger ledger,
            CommandRunner runner,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.ledger = ledger;
        this.runner = runner;
        this.clock = clock;
    }

    /** A command was added. */
    void added(String deviceId) {
        devices.add(deviceId);
    }

    @Override
    public void begin() {
        database.write(
                tx -> {
                    interrupted(tx).forEach(row -> takeUp(tx, row));
                    return null;
                });
        devices.addAll(
                database.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT DISTINCT device_id FROM commands"
                                                        + " WHERE is_open = 1")
                                        .mapTo(String.class)
                                        .list()));
    }

    private static List<CommandRow> interrupted(Tx tx) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT * FROM commands
                        WHERE is_open = 1 AND phase IN ('CLAIMED', 'INTENDED', 'PARKED') ORDER BY id
                        """)
                .map(CommandRow::of)
                .list();
    }

    private void takeUp(Tx tx, CommandRow row) {
        var change =
                (row.needsProof() ? new Change() : CommandRunner.requeued(row))
                        .set("not_before", null);
        var text =
                row.needsProof()
                        ? "The server was restarted; the device is asked whether it happened"
                        : "The server was restarted before it was sent; it begins again";
        ledger.apply(tx, row.id(), row.phase(), change)
                .ifPresent(
                        now -> {
                            ledger.step(tx, now, CommandLedger.at(tx, StepKind.RETRIED, text));
                            ledger.tell(tx, now);
                        });
    }

    @Override
    public Optional<Work> next(ManagedDevice device, Instant lastHeard, Optional<Rank> before) {
        var now = clock.instant();
        var open = database.read(handle -> store.openOf(handle, device.id()));
        if (open.isEmpty()) {
            devices.remove(device.id());
            if (database.read(handle -> store.countOpen(handle, device.id())) > 0) {
                devices.add(device.id());
            }
            return Optional.empty();
        }
        return choose(open, now, lastHeard)
                .filter(row -> before.map(row.rank()::isBefore).orElse(true))
                .<Work>map(runner::work);
    }

    /**
     * The first command that may go now. An operation that was sent and isn't proven holds up every
     * further change, and all use of the same object, whose operation block is the proof. One that
     * the device works on holds up all use of the same object. A change that pauses holds up the
     * changes behind it, so that they keep their order.
     */
    private Optional<CommandRow> choose(List<CommandRow> open, Instant now, Instant lastHeard) {
        var unproven = open.stream().filter(row -> row.phase() == Phase.INTENDED).findFirst();
        var occupied = new HashSet<Integer>();
        open.stream()
                .filter(row -> row.needsProof() || row.changes() && runner.isRunning(row.id()))
                .forEach(row -> row.objectId().ifPresent(occupied::add));
        var held = false;
        for (var row : open) {
            if (runner.isRunning(row.id())) {
                held |= row.changes();
                continue;
            }
            var due = row.isDue(now, lastHeard);
            if (row.phase().isCommitted() && due) {
                return Optional.of(row);
            }
            if (row.phase().isCommitted()) {
                continue;
            }
            if (row.changes() && unproven.filter(sent -> mustGoFirst(sent, row)).isPresent()) {
                return unproven;
            }
            var mayGo = due && !occupies(row.objectId(), occupied);
            if (mayGo && (!row.changes() || !held && unproven.isEmpty())) {
                return Optional.of(row);
            }
            held |= row.changes();
        }
        return Optional.empty();
    }

    /** What is more urgent can't wait for the pause of what isn't proven: it is asked for now. */
    private boolean mustGoFirst(CommandRow unproven, CommandRow row) {
        return row.rank().isBefore(unproven.rank()) && !runner.isRunning(unproven.id());
    }

    private static boolean occupies(OptionalInt objectId, Set<Integer> occupied) {
        return objectId.isPresent() && occupied.contains(objectId.getAsInt());
    }

    @Override
    public Set<String> due(Instant now) {
        expire(now);
        runner.forgetContents(now);
        return new HashSet<>(
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT DISTINCT device_id FROM commands
                                                WHERE is_open = 1 AND not_before <= :now
                                                """)
                                        .bind("now", now)
                                        .mapTo(String.class)
                                        .list()));
    }

    private void expire(Instant now) {
        var more = true;
        while (more) {
            var late = database.read(handle -> late(handle, now));
            more = late.size() == AT_ONCE;
            late.removeIf(row -> runner.isRunning(row.id()));
            if (late.isEmpty()) {
                return;
            }
            database.write(
                    tx -> {
                        late.forEach(row -> runner.expire(tx, row));
                        return null;
                    });
        }
    }

    private static List<CommandRow> late(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT * FROM commands WHERE is_open = 1 AND expires_at <= :now
                        ORDER BY id LIMIT :limit
                        """)
                .bind("now", now)
                .bind("limit", AT_ONCE)
                .map(CommandRow::of)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT MIN(due) FROM (
                                            SELECT MIN(not_before) AS due FROM commands
                                            WHERE is_open = 1 AND not_before > :now
                                            UNION ALL
                                            SELECT MIN(expires_at) FROM commands
                                            WHERE is_open = 1 AND expires_at > :now
                                            UNION ALL
                                            SELECT MIN(expires_at) FROM command_contents
                                            WHERE expires_at > :now) AS times
                                        """)
                                .bind("now", now)
                                .mapTo(Instant.class)
                                .findOne());
    }

    @Override
    public Set<String> devices() {
        return Set.copyOf(devices);
    }

    @Override
    public boolean mayHaveWork(String deviceId) {
        return devices.contains(deviceId);
    }

    @Override
    public boolean notified(String deviceId, ResourcePath path) {
        var resource = path.resourceId().orElse(-1);
        var awaited =
                resource == OperationResources.OPERATION_STATE
                        || resource == ListingResources.PAGE_COUNT;
        if (!awaited || !mayHaveWork(deviceId) || path.objectId().orElse(0) < ObjectIds.BASE) {
            return false;
        }
        return database.write(
                        tx ->
                                tx.handle()
                                        .createUpdate(
                                                """
                                                UPDATE commands SET not_before = NULL
                                                WHERE device_id = :device AND is_open = 1
                                                AND phase = 'PARKED' AND object_id = :object
                                                """)
                                        .bind("device", deviceId)
                                        .bind("object", path.objectId().getAsInt())
                                        .execute())
                > 0;
    }

    @Override
    public void registeredAnew(String deviceId) {
        if (!mayHaveWork(deviceId)) {
            return;
        }
        database.write(
                tx ->
                        tx.handle()
                                .createUpdate(
                                        """
                                        UPDATE commands SET not_before = NULL
                                        WHERE device_id = :device AND is_open = 1
                                        AND phase = 'PARKED'
                                        """)
                                .bind("device", deviceId)
                                .execute());
    }
}
