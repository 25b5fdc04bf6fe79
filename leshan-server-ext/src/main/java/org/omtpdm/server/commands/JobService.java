package org.omtpdm.server.commands;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;
import static org.omtpdm.server.api.ErrorCode.CONFLICT;
import static org.omtpdm.server.api.ErrorCode.JOB_UNKNOWN;
import static org.omtpdm.server.api.ErrorCode.NOT_RETRYABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.Lane;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** Jobs: one command on each device of a selection that is frozen at creation. Thread-safe. */
public final class JobService {

    private final Database database;
    private final CommandParts parts;
    private final JobStore store = new JobStore();
    private final DeviceDirectory directory;
    private final DeviceSelection selection;
    private final Audit audit;
    private final Lane lane;

    public JobService(
            CommandParts parts,
            DeviceDirectory directory,
            DeviceSelection selection,
            Audit audit,
            Lane lane) {
        this.database = parts.database();
        this.parts = parts;
        this.directory = directory;
        this.selection = selection;
        this.audit = audit;
        this.lane = lane;
    }

    /**
     * What {@link #create} would do now.
     *
     * @throws ManagementException {@code NOT_ALLOWED}, {@code BAD_REQUEST}
     */
    public JobPreview preview(Caller caller, NewJob wanted) {
        var performer = performer(caller, wanted);
        var arguments = arguments(performer, wanted);
        return plan(caller, wanted, performer, arguments).preview(performer, arguments);
    }

    private CommandPerformer performer(Caller caller, NewJob wanted) {
        var performer = parts.performers().of(wanted.kind());
        CommandService.requireRight(caller, performer);
        return performer;
    }

    private static JsonNode arguments(CommandPerformer performer, NewJob wanted) {
        return performer.validateForJob(
                wanted.arguments().orElse(JsonNodeFactory.instance.objectNode()));
    }

    private JobPlan plan(
            Caller caller, NewJob wanted, CommandPerformer performer, JsonNode arguments) {
        return database.read(
                handle ->
                        JobPlan.of(
                                handle,
                                caller,
                                performer,
                                arguments,
                                wanted.selection(),
                                selection,
                                directory));
    }

    /**
     * Creates a job with all its commands.
     *
     * @throws ManagementException {@code NOT_ALLOWED}, {@code BAD_REQUEST}; {@code CONFLICT} when
     *     no device would be in it
     */
    public Job create(Caller caller, NewJob wanted) {
        var performer = performer(caller, wanted);
        var arguments = arguments(performer, wanted);
        var reason = CommandService.checkReason(wanted.reason());
        if (performer.changes() && reason.isEmpty()) {
            throw new ManagementException(
                    BAD_REQUEST,
                    "reason: a job that changes devices needs one",
                    Map.of("field", "reason"));
        }
        var lifetime = CommandService.checkLifetime(performer, wanted.expiresIn());
        var plan = plan(caller, wanted, performer, arguments);
        leaveOutFull(plan);
        if (plan.included().isEmpty()) {
            throw new ManagementException(
                    CONFLICT,
                    performer.jobTitle(arguments) + ": no device is left to do it on",
                    Map.of("excluded", plan.exclusions()));
        }
        var id = Ids.next();
        var job =
                database.write(
                        tx -> {
                            store.insert(
                                    tx,
                                    id,
                                    performer,
                                    arguments,
                                    wanted,
                                    caller.name(),
                                    reason,
                                    plan);
                            insertCommands(tx, caller, performer, plan, reason, lifetime, id);
                            audit.record(
                                    tx, caller, created(id, performer, arguments, plan, reason));
                            parts.jobs().tell(tx, id);
                            return store.find(tx.handle(), id).orElseThrow();
                        });
        wake(plan.included().keySet().stream().map(ManagedDevice::id).toList());
        return job;
    }

    private void leaveOutFull(JobPlan plan) {
        var ids = plan.included().keySet().stream().map(ManagedDevice::id).toList();
        var open = database.read(handle -> parts.store().openCounts(handle, ids));
        List.copyOf(plan.included().keySet()).stream()
                .filter(device -> open.getOrDefault(device.id(), 0) >= CommandService.MAXIMUM_OPEN)
                .forEach(plan::full);
    }

    private void insertCommands(
            Tx tx,
            Caller caller,
            CommandPerformer performer,
            JobPlan plan,
            Optional<String> reason,
            Duration lifetime,
            String jobId) {
        var rows = new ArrayList<CommandRow>(plan.included().size());
        plan.included()
                .forEach(
                        (device, arguments) ->
                                rows.add(
                                        CommandService.newRow(
                                                tx.now(),
                                                caller,
                                                device,
                                                performer,
                                                arguments,
                                                reason,
                                                lifetime,
                                                Optional.of(jobId))));
        parts.store().insert(tx.handle(), rows, Optional.empty());
    }

    private static NewAuditRecord created(
            String id,
            CommandPerformer performer,
            JsonNode arguments,
            JobPlan plan,
            Optional<String> reason) {
        return new NewAuditRecord(
                "job.create",
                Optional.of(performer.jobTitle(arguments)),
                Optional.empty(),
                reason,
                Map.of(
                        "job", id,
                        "kind", performer.kind().toString(),
                        "devices", plan.included().size(),
                        "excluded", plan.excludedCount()),
                "done");
    }

    private void wake(List<String> deviceIds) {
        deviceIds.forEach(parts.queue()::added);
        lane.wakeAll(deviceIds);
    }

    /**
     * @throws ManagementException {@code JOB_UNKNOWN}
     */
    public Job get(Caller caller, String jobId) {
        return database.read(handle -> store.find(handle, jobId)).orElseThrow(JobService::unknown);
    }

    private static ManagementException unknown() {
        return new ManagementException(JOB_UNKNOWN, "There is no such job");
    }

    /** Jobs, newest first. */
    public Page<Job> list(Caller caller, Optional<Job.State> state, PageRequest page) {
        return database.read(handle -> store.page(handle, state, page));
    }

    /**
     * Cancels what hasn't been sent. What was sent goes on.
     *
     * @throws ManagementException {@code JOB_UNKNOWN}, {@code NOT_ALLOWED}
     */
    public Job cancel(Caller caller, String jobId) {
        var job = get(caller, jobId);
        CommandService.requireRight(caller, parts.performers().of(job.kind()));
        return database.write(
                tx -> {
                    var cancelled = store.cancelQueued(tx, jobId, caller.name());
                    parts.jobs().commandEnded(tx, jobId);
                    parts.jobs().tell(tx, jobId);
                    audit.record(
                            tx,
                            caller,
                            NewAuditRecord.done("job.cancel", job.title())
                                    .with(Map.of("job", jobId, "cancelled", cancelled)));
                    return store.find(tx.handle(), jobId).orElseThrow();
                });
    }

    /**
     * Gives the commands that failed again, as new commands of the same job.
     *
     * @param cause only those that failed for this cause; empty for all that failed
     * @throws ManagementException {@code JOB_UNKNOWN}, {@code NOT_ALLOWED}, {@code NOT_RETRYABLE}
     *     when none failed so
     */
    public Job retry(Caller caller, String jobId, Optional<String> cause) {
        var job = get(caller, jobId);
        var performer = parts.performers().of(job.kind());
        CommandService.requireRight(caller, performer);
        var devices = new ArrayList<String>();
        var retried =
                database.write(
                        tx -> {
                            var failed = store.failed(tx.handle(), jobId, cause);
                            if (failed.isEmpty()) {
                                throw new ManagementException(
                                        NOT_RETRYABLE,
                                        "Retry '" + job.title() + "': nothing of it failed so");
                            }
                            var known =
                                    directory.findAll(
                                            failed.stream().map(CommandRow::deviceId).toList());
                            var rows = new ArrayList<CommandRow>();
                            for (var row : failed) {
                                var device = known.get(row.deviceId());
                                if (device != null && !device.retired()) {
                                    rows.add(again(tx.now(), caller, device, performer, row));
                                    devices.add(device.id());
                                }
                            }
                            store.supersede(
                                    tx, rows.stream().map(CommandRow::deviceId).toList(), jobId);
                            parts.store().insert(tx.handle(), rows, Optional.empty());
                            store.reopen(tx, jobId);
                            parts.jobs().tell(tx, jobId);
                            audit.record(
                                    tx,
                                    caller,
                                    NewAuditRecord.done("job.retry", job.title())
                                            .with(Map.of("job", jobId, "commands", rows.size())));
                            return store.find(tx.handle(), jobId).orElseThrow();
                        });
        wake(devices);
        return retried;
    }

    private static CommandRow again(
            Instant now,
            Caller caller,
            ManagedDevice device,
            CommandPerformer performer,
            CommandRow failed) {
        return CommandService.newRow(
                now,
                caller,
                device,
                performer,
                failed.arguments(),
                failed.reason(),
                Duration.between(failed.requestedAt(), failed.expiresAt()),
                failed.jobId());
    }

    /** Numbers of jobs that are running. */
    public int running() {
        return database.read(store::running);
    }
}
