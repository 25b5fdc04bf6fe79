package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** The table {@code jobs}, and what jobs do to many commands at once. */
final class JobStore {

    private static final int CAUSES_SHOWN = 20;

    void insert(
            Tx tx,
            String id,
            CommandPerformer performer,
            JsonNode arguments,
            NewJob wanted,
            String createdBy,
            Optional<String> reason,
            JobPlan plan) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO jobs (id, kind, title, arguments, reason, filter, state,
                            created_at, created_by, total, excluded, exclusions)
                        VALUES (:id, :kind, :title, :arguments, :reason, :filter, 'running',
                            :now, :by, :total, :excluded, :exclusions)
                        """)
                .bind("id", id)
                .bind("kind", performer.kind().toString())
                .bind("title", performer.jobTitle(arguments))
                .bind("arguments", Json.write(arguments))
                .bind("reason", reason.orElse(null))
                .bind("filter", wanted.selection().filter().map(Json::write).orElse(null))
                .bind("now", tx.now())
                .bind("by", createdBy)
                .bind("total", plan.included().size())
                .bind("excluded", plan.excludedCount())
                .bind("exclusions", Json.write(plan.exclusions()))
                .execute();
    }

    Optional<Job> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM jobs WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> job(handle, row))
                .findOne();
    }

    Page<Job> page(Handle handle, Optional<Job.State> state, PageRequest request) {
        var values = new HashMap<String, Object>();
        state.ifPresent(wanted -> values.put("state", wanted.toString()));
        var where = state.isPresent() ? "state = :state" : "1 = 1";
        var total =
                handle.createQuery("SELECT COUNT(*) FROM jobs WHERE " + where)
                        .bindMap(values)
                        .mapTo(Long.class)
                        .one();
        request.cursor().ifPresent(cursor -> values.put("after", cursor.text(0)));
        var rows =
                handle.createQuery(
                                "SELECT * FROM jobs WHERE "
                                        + where
                                        + (request.cursor().isPresent() ? " AND id < :after" : "")
                                        + " ORDER BY id DESC LIMIT :limit")
                        .bindMap(values)
                        .bind("limit", request.limit() + 1)
                        .map((row, context) -> job(handle, row))
                        .list();
        return Page.cut(rows, request, Optional.of(total), job -> Cursor.of(job.id()));
    }

    private static Job job(Handle handle, ResultSet row) throws SQLException {
        var id = row.getString("id");
        var ended = row.getLong("ended_at");
        var endedAt =
                row.wasNull()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(ended));
        var counts = JobLedger.counts(handle, id);
        return new Job(
                id,
                CommandKind.of(row.getString("kind")),
                row.getString("title"),
                Optional.ofNullable(row.getString("reason")),
                Optional.of(Json.readTree(row.getString("arguments"))),
                Optional.ofNullable(row.getString("filter")).map(Json::readTree),
                Job.State.find(row.getString("state")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                endedAt,
                row.getInt("total"),
                Arrays.stream(CommandState.values())
                        .filter(state -> counts.containsKey(state.toString()))
                        .map(state -> new Job.StateCount(state, counts.get(state.toString())))
                        .toList(),
                causes(handle, id),
                row.getInt("excluded"),
                counts.containsKey(CommandState.WAITING.toString()));
    }

    private static List<Job.CauseCount> causes(Handle handle, String id) {
        return handle.createQuery(
                        """
                        SELECT cause, COUNT(*) AS commands FROM commands
                        WHERE job_id = :job AND superseded = 0 AND cause IS NOT NULL
                        GROUP BY cause ORDER BY COUNT(*) DESC, cause LIMIT :limit
                        """)
                .bind("job", id)
                .bind("limit", CAUSES_SHOWN)
                .map(
                        (row, context) ->
                                new Job.CauseCount(row.getString("cause"), row.getInt("commands")))
                .list();
    }

    /** Cancels all commands of a job of which nothing was sent. */
    int cancelQueued(Tx tx, String jobId, String by) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO command_steps (command_id, number, at, step, text)
                        SELECT id, steps + 1, :now, 'cancelled', :text FROM commands
                        WHERE job_id = :job AND phase = 'QUEUED'
                        """)
                .bind("now", tx.now())
                .bind("text", "Cancelled with its job by " + by + "; nothing was sent")
                .bind("job", jobId)
                .execute();
        var cancelled =
                tx.handle()
                        .createUpdate(
                                """
                                UPDATE commands SET state = 'Cancelled', is_open = 0,
                                phase = 'ENDED', ended_at = :now, not_before = NULL,
                                steps = steps + 1
                                WHERE job_id = :job AND phase = 'QUEUED'
                                """)
                        .bind("now", tx.now())
                        .bind("job", jobId)
                        .execute();
        tx.handle()
                .createUpdate(
                        "UPDATE jobs SET state = 'cancelled' WHERE id = :job AND ended_at IS NULL")
                .bind("job", jobId)
                .execute();
        return cancelled;
    }

    /** The commands of a job that failed, were cancelled or expired, and weren't retried. */
    List<CommandRow> failed(Handle handle, String jobId, Optional<String> cause) {
        return handle.createQuery(
                        """
                        SELECT * FROM commands WHERE job_id = :job AND is_open = 0
                        AND superseded = 0 AND state <> 'Done'
                        """
                                + cause.map(one -> " AND cause = :cause").orElse("")
                                + " ORDER BY id")
                .bind("job", jobId)
                .bindMap(
                        cause.<java.util.Map<String, ?>>map(one -> java.util.Map.of("cause", one))
                                .orElse(java.util.Map.of()))
                .map(CommandRow::of)
                .list();
    }

    /** Commands of these devices in the job no longer count: later ones take their place. */
    void supersede(Tx tx, List<String> deviceIds, String jobId) {
        var batch =
                tx.handle()
                        .prepareBatch(
                                """
                                UPDATE commands SET superseded = 1
                                WHERE job_id = :job AND device_id = :device AND is_open = 0
                                """);
        deviceIds.forEach(device -> batch.bind("job", jobId).bind("device", device).add());
        if (!deviceIds.isEmpty()) {
            batch.execute();
        }
    }

    void reopen(Tx tx, String jobId) {
        tx.handle()
                .createUpdate("UPDATE jobs SET state = 'running', ended_at = NULL WHERE id = :job")
                .bind("job", jobId)
                .execute();
    }

    int running(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM jobs WHERE state = 'running'")
                .mapTo(Integer.class)
                .one();
    }
}
