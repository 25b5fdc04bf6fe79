package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/**
 * Every change of a command's state passes here: one statement, one step of the timeline, one
 * event, and at the end one audit record. Used within write transactions only.
 */
final class CommandLedger {

    private static final int MAXIMUM_STEPS = 100;
    private static final long MAXIMUM_CORRELATOR = 0xFFFF_FFFFL;

    /** Ended commands that only looked are kept per device and kind; a live page makes many. */
    private static final int LOOKS_KEPT = 20;

    private final CommandStore store;
    private final Events events;
    private final Audit audit;
    private final JobLedger jobs;

    CommandLedger(CommandStore store, Events events, Audit audit, JobLedger jobs) {
        this.store = store;
        this.events = events;
        this.audit = audit;
        this.jobs = jobs;
    }

    /** A new value for each column that changes. */
    static final class Change {
        private final StringBuilder columns = new StringBuilder();
        private final Map<String, Object> values = new HashMap<>();

        Change set(String column, Object value) {
            columns.append(columns.isEmpty() ? "" : ", ").append(column);
            if (value == null) {
                columns.append(" = NULL");
            } else {
                columns.append(" = :").append(column);
                values.put(column, value);
            }
            return this;
        }

        Change state(CommandState state) {
            return set("state", state.toString()).set("is_open", state.isOpen() ? 1 : 0);
        }

        Change phase(Phase phase) {
            return set("phase", phase.name());
        }
    }

    /**
     * Applies a change if the command is still in the phase expected.
     *
     * @return the command now; empty when it was in another phase, and nothing changed
     */
    Optional<CommandRow> apply(Tx tx, String id, Phase expected, Change change) {
        return tx.handle()
                .createQuery(
                        "UPDATE commands SET "
                                + change.columns
                                + " WHERE id = :id AND phase = :expected RETURNING *")
                .bindMap(change.values)
                .bind("id", id)
                .bind("expected", expected.name())
                .map(CommandRow::of)
                .findOne();
    }

    void step(Tx tx, CommandRow row, TimelineStep step) {
        store.addStep(tx.handle(), row.id(), step, MAXIMUM_STEPS);
    }

    /** Tells of the command as it is now. In jobs only what begins or ends is told one by one. */
    void tell(Tx tx, CommandRow row) {
        if (row.jobId().isPresent() && row.state().isOpen()) {
            jobs.changed(row.jobId().get());
            return;
        }
        var data = new HashMap<String, Object>();
        data.put("commandId", row.id());
        data.put("kind", row.kind().toString());
        data.put("title", row.title());
        data.put("state", row.state().toString());
        data.put("open", row.state().isOpen());
        data.put("failed", row.state().isFailure());
        data.put("requestedBy", row.requestedBy());
        row.jobId().ifPresent(job -> data.put("jobId", job));
        row.cause().ifPresent(cause -> data.put("cause", cause));
        row.endedAt().ifPresent(at -> data.put("endedAt", at.toString()));
        var text = row.title() + ": " + row.state() + row.cause().map(c -> ", " + c).orElse("");
        events.publish(tx, NewEvent.ofDevice("command.changed", row.deviceId(), text).with(data));
    }

    /** Ends a command, if it is still in the phase expected. */
    Optional<CommandRow> end(
            Tx tx,
            CommandRow row,
            CommandState state,
            Optional<String> cause,
            Optional<JsonNode> result,
            TimelineStep step) {
        var change =
                new Change()
                        .state(state)
                        .phase(Phase.ENDED)
                        .set("cause", cause.orElse(null))
                        .set("ended_at", tx.now().toEpochMilli())
                        .set("not_before", null)
                        .set("result", result.map(Json::write).orElse(null));
        var ended = apply(tx, row.id(), row.phase(), change);
        ended.ifPresent(now -> ended(tx, now, step));
        return ended;
    }

    private void ended(Tx tx, CommandRow row, TimelineStep step) {
        step(tx, row, step);
        tell(tx, row);
        if (row.changes()) {
            audit.record(
                    tx,
                    requester(row),
                    new NewAuditRecord(
                            row.kind().toString(),
                            Optional.of(row.title()),
                            Optional.of(row.deviceId()),
                            row.reason(),
                            Map.of("command", row.id()),
                            row.state() + row.cause().map(cause -> ": " + cause).orElse("")));
        }
        row.jobId().ifPresent(job -> jobs.commandEnded(tx, job));
        if (!row.changes() && row.jobId().isEmpty()) {
            forgetOldLooks(tx, row);
        }
    }

    private void forgetOldLooks(Tx tx, CommandRow row) {
        tx.handle()
                .createUpdate(
                        """
                        DELETE FROM commands WHERE id IN (
                            SELECT id FROM commands WHERE device_id = :device AND is_open = 0
                            AND kind = :kind AND changes = 0 AND job_id IS NULL
                            ORDER BY id DESC LIMIT 1000 OFFSET :kept)
                        """)
                .bind("device", row.deviceId())
                .bind("kind", row.kind().toString())
                .bind("kept", LOOKS_KEPT)
                .execute();
    }

    /** Who asked for a command, for the audit only: without any right. */
    private static Caller requester(CommandRow row) {
        return new Caller(
                row.requestedBy(), Set.of(), Set.of(), DeviceScope.all(), Caller.Kind.SYSTEM);
    }

    /**
     * A correlator never given to this device before, 1 to 4294967295. It begins at the time in
     * seconds, so that it also ascends over the loss of a database that was restored from a copy.
     */
    long nextCorrelator(Tx tx, String deviceId) {
        var last =
                tx.handle()
                        .createQuery(
                                "SELECT last FROM command_correlators WHERE device_id = :device")
                        .bind("device", deviceId)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L);
        var floor = Math.min(MAXIMUM_CORRELATOR, Math.max(1, tx.now().getEpochSecond()));
        var next = last >= MAXIMUM_CORRELATOR ? 1 : Math.max(last + 1, floor);
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO command_correlators (device_id, last) VALUES (:device, :next)
                        ON CONFLICT (device_id) DO UPDATE SET last = :next
                        """)
                .bind("device", deviceId)
                .bind("next", next)
                .execute();
        return next;
    }

    static TimelineStep at(Tx tx, StepKind kind, String text) {
        return TimelineStep.of(tx.now(), kind, text);
    }

    static OptionalLong present(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}
