package org.omtpdm.server.commands;

import static org.omtpdm.server.api.ErrorCode.ALREADY_SENT;
import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;
import static org.omtpdm.server.api.ErrorCode.COMMAND_UNKNOWN;
import static org.omtpdm.server.api.ErrorCode.CONFLICT;
import static org.omtpdm.server.api.ErrorCode.DEVICE_UNKNOWN;
import static org.omtpdm.server.api.ErrorCode.NOT_ALLOWED;
import static org.omtpdm.server.api.ErrorCode.NOT_RETRYABLE;
import static org.omtpdm.server.api.ErrorCode.OBJECT_NOT_SUPPORTED;
import static org.omtpdm.server.api.ErrorCode.OVERLOADED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.commands.CommandStore.Query;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.Lane;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** The door to durable commands. Thread-safe. */
public final class CommandService {

    /** Open commands a device may have. */
    static final int MAXIMUM_OPEN = 500;

    private static final int MAXIMUM_REASON = 500;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Database database;
    private final CommandStore store;
    private final CommandLedger ledger;
    private final CommandQueue queue;
    private final Performers performers;
    private final DeviceDirectory devices;
    private final Audit audit;
    private final Lane lane;
    private final CommandViews views;

    public CommandService(CommandParts parts, DeviceDirectory devices, Audit audit, Lane lane) {
        this.database = parts.database();
        this.store = parts.store();
        this.ledger = parts.ledger();
        this.queue = parts.queue();
        this.performers = parts.performers();
        this.devices = devices;
        this.audit = audit;
        this.lane = lane;
        this.views = new CommandViews(devices);
    }

    /**
     * Gives a device a command. It is stored before this returns and sent when it is its turn; a
     * command that only looks, while the same is already waiting, is that one.
     *
     * @param reason why, for the record
     * @param expiresIn how long it may wait for the device, 1 min to 365 days; empty for the kind's
     *     own
     * @throws ManagementException {@code NOT_ALLOWED}, {@code DEVICE_UNKNOWN}, {@code CONFLICT}
     *     (retired), {@code OBJECT_NOT_SUPPORTED}, {@code BAD_REQUEST}, {@code OVERLOADED}
     */
    public Command request(
            Caller caller,
            String deviceId,
            CommandKind kind,
            JsonNode arguments,
            Optional<String> reason,
            Optional<Duration> expiresIn) {
        var performer = performers.of(kind);
        requireRight(caller, performer);
        var device = device(caller, deviceId);
        if (device.retired()) {
            throw new ManagementException(
                    CONFLICT, kind + ": device '" + device.endpoint() + "' is retired");
        }
        requireObject(device, performer);
        var checked = performer.validate(arguments);
        var why = checkReason(reason);
        var lifetime = checkLifetime(performer, expiresIn);
        var row =
                database.write(
                        tx -> {
                            var twin = twin(tx, performer, device, checked);
                            var now =
                                    twin.orElseGet(
                                            () ->
                                                    add(
                                                            tx, caller, device, performer, checked,
                                                            why, lifetime));
                            audit.record(tx, caller, requested(now, why));
                            return now;
                        });
        queue.added(deviceId);
        lane.wakeFirst(deviceId);
        return view(caller, row);
    }

    private Optional<CommandRow> twin(
            Tx tx, CommandPerformer performer, ManagedDevice device, JsonNode arguments) {
        return performer.changes()
                ? Optional.empty()
                : store.openTwin(tx.handle(), device.id(), performer.kind(), Json.write(arguments));
    }

    private CommandRow add(
            Tx tx,
            Caller caller,
            ManagedDevice device,
            CommandPerformer performer,
            JsonNode arguments,
            Optional<String> reason,
            Duration lifetime) {
        if (store.countOpen(tx.handle(), device.id()) >= MAXIMUM_OPEN) {
            throw new ManagementException(
                    OVERLOADED,
                    "Device '"
                            + device.endpoint()
                            + "' already has "
                            + MAXIMUM_OPEN
                            + " commands waiting; cancel some, or wait");
        }
        var row =
                newRow(
                        tx.now(),
                        caller,
                        device,
                        performer,
                        arguments,
                        reason,
                        lifetime,
                        Optional.empty());
        store.insert(tx.handle(), List.of(row), Optional.of(queued(tx.now(), device)));
        ledger.tell(tx, row);
        return row;
    }

    static CommandRow newRow(
            Instant now,
            Caller caller,
            ManagedDevice device,
            CommandPerformer performer,
            JsonNode arguments,
            Optional<String> reason,
            Duration lifetime,
            Optional<String> jobId) {
        return new CommandRow(
                Ids.next(),
                device.id(),
                device.endpoint(),
                jobId,
                performer.kind(),
                jobId.isPresent() ? Rank.COMMAND : Rank.INTERACTIVE_COMMAND,
                performer.changes(),
                performer.objectId(),
                performer.title(arguments),
                arguments,
                reason,
                now,
                caller.name(),
                now.plus(lifetime),
                CommandState.WAITING,
                Phase.QUEUED,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                false);
    }

    /** What stands between a new command and the device, in words. */
    static TimelineStep queued(Instant now, ManagedDevice device) {
        var text =
                !device.everSeen()
                        ? "Queued: the device was never seen; goes out when it comes"
                        : device.asleep()
                                ? "Queued: asleep"
                                        + device.nextWakeUp()
                                                .map(at -> ", next wake-up about " + minute(at))
                                                .orElse("")
                                : "Queued";
        return TimelineStep.of(now, StepKind.QUEUED, text);
    }

    private static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).toString().substring(11, 16) + " UTC";
    }

    private static NewAuditRecord requested(CommandRow row, Optional<String> reason) {
        return new NewAuditRecord(
                row.kind().toString(),
                Optional.of(row.title()),
                Optional.of(row.deviceId()),
                reason,
                Map.of(
                        "command",
                        row.id(),
                        "arguments",
                        Json.readObject(Json.write(row.arguments()))),
                "requested");
    }

    /**
     * @throws ManagementException {@code COMMAND_UNKNOWN}
     */
    public Command get(Caller caller, String commandId) {
        return view(caller, row(caller, commandId));
    }

    /** Commands on the caller's devices, newest first; long results only with {@link #get}. */
    public Page<Command> list(
            Caller caller,
            Optional<String> device,
            Optional<String> job,
            Optional<CommandState> state,
            Optional<CommandKind> kind,
            PageRequest page) {
        return database.read(
                handle -> {
                    var query = new Query(device, job, state, kind);
                    var rows = store.page(handle, caller.scope(), query, page);
                    var steps =
                            store.steps(handle, rows.items().stream().map(CommandRow::id).toList());
                    return views.page(caller, rows, steps);
                });
    }

    /**
     * Takes back a command that hasn't been sent.
     *
     * @throws ManagementException {@code COMMAND_UNKNOWN}, {@code NOT_ALLOWED}, {@code
     *     ALREADY_SENT}
     */
    public Command cancel(Caller caller, String commandId) {
        var row = row(caller, commandId);
        requireRight(caller, performers.of(row.kind()));
        var cancelled =
                database.write(
                        tx -> {
                            var ended = cancel(tx, caller, row);
                            ended.ifPresent(
                                    now ->
                                            audit.record(
                                                    tx,
                                                    caller,
                                                    NewAuditRecord.done(
                                                                    "command.cancel", now.title())
                                                            .onDevice(now.deviceId())
                                                            .with(Map.of("command", now.id()))));
                            return ended;
                        });
        lane.wake(row.deviceId());
        return view(
                caller,
                cancelled.orElseThrow(
                        () ->
                                new ManagementException(
                                        ALREADY_SENT,
                                        "Cancel '"
                                                + row.title()
                                                + "': it was sent already, or has ended")));
    }

    Optional<CommandRow> cancel(Tx tx, Caller caller, CommandRow row) {
        if (row.phase() != Phase.QUEUED) {
            return Optional.empty();
        }
        return ledger.end(
                tx,
                row,
                CommandState.CANCELLED,
                Optional.empty(),
                Optional.empty(),
                CommandLedger.at(
                        tx,
                        StepKind.CANCELLED,
                        "Cancelled by " + caller.name() + "; nothing was sent"));
    }

    /**
     * Gives a command that failed again, as a new one.
     *
     * @throws ManagementException {@code COMMAND_UNKNOWN}, {@code NOT_ALLOWED}, {@code
     *     NOT_RETRYABLE}, and what {@link #request} throws
     */
    public Command retry(Caller caller, String commandId) {
        var row = row(caller, commandId);
        if (!CommandViews.isRetryable(row)) {
            throw new ManagementException(
                    NOT_RETRYABLE,
                    "Retry '" + row.title() + "': it is " + row.state() + ", not failed");
        }
        return request(
                caller,
                row.deviceId(),
                row.kind(),
                row.arguments(),
                row.reason(),
                Optional.of(Duration.between(row.requestedAt(), row.expiresAt())));
    }

    /** The open command of this kind on a device, if there is one. */
    public Optional<String> underWay(String deviceId, CommandKind kind) {
        return database.read(handle -> store.openOfKind(handle, deviceId, kind))
                .map(CommandRow::id);
    }

    /** Numbers of open commands by device; devices without any are left out. */
    public Map<String, Integer> openCounts(List<String> deviceIds) {
        return database.read(handle -> store.openCounts(handle, deviceIds));
    }

    CommandRow row(Caller caller, String commandId) {
        return database.read(handle -> store.find(handle, commandId))
                .filter(row -> caller.scope().includes(row.deviceId()))
                .orElseThrow(
                        () -> new ManagementException(COMMAND_UNKNOWN, "There is no such command"));
    }

    Command view(Caller caller, CommandRow row) {
        var steps = database.read(handle -> store.steps(handle, List.of(row.id())));
        return views.whole(caller, row, steps.getOrDefault(row.id(), List.of()));
    }

    private ManagedDevice device(Caller caller, String deviceId) {
        return devices.find(deviceId)
                .filter(device -> caller.scope().includes(device.id()))
                .orElseThrow(
                        () -> new ManagementException(DEVICE_UNKNOWN, "There is no such device"));
    }

    static void requireRight(Caller caller, CommandPerformer performer) {
        if (!caller.may(performer.permission())) {
            throw new ManagementException(
                    NOT_ALLOWED,
                    performer.kind()
                            + ": needs the permission '"
                            + performer.permission().wire()
                            + "'");
        }
    }

    private static void requireObject(ManagedDevice device, CommandPerformer performer) {
        var object = performer.objectId();
        if (device.everSeen()
                && object.isPresent()
                && !device.objects().contains(object.getAsInt())) {
            throw new ManagementException(
                    OBJECT_NOT_SUPPORTED,
                    performer.kind()
                            + ": device '"
                            + device.endpoint()
                            + "' does not have object "
                            + object.getAsInt(),
                    Map.of("objectId", object.getAsInt()));
        }
    }

    static Optional<String> checkReason(Optional<String> reason) {
        reason.ifPresent(
                text -> {
                    if (text.isBlank() || text.length() > MAXIMUM_REASON) {
                        throw new ManagementException(
                                BAD_REQUEST,
                                "reason: expected 1 to " + MAXIMUM_REASON + " characters",
                                Map.of("field", "reason"));
                    }
                });
        return reason;
    }

    static Duration checkLifetime(CommandPerformer performer, Optional<Duration> expiresIn) {
        var lifetime = expiresIn.orElse(performer.expiresIn());
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new ManagementException(
                    BAD_REQUEST,
                    "expiresInSeconds: expected 60 to 31536000",
                    Map.of("field", "expiresInSeconds"));
        }
        return lifetime;
    }
}
