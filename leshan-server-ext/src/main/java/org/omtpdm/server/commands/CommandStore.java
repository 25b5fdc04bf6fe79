package org.omtpdm.server.commands;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;

/** The tables {@code commands} and {@code command_steps}: reading, and adding. */
final class CommandStore {

    /** Open commands of one device that are looked at; more than a device may have. */
    private static final int LOOK_AT = 1000;

    private static final int NAMES_AT_ONCE = 500;

    /** Adds commands that are waiting, with a step each where one is given. */
    void insert(Handle handle, List<CommandRow> rows, Optional<TimelineStep> step) {
        var batch =
                handle.prepareBatch(
                        """
                        INSERT INTO commands (id, device_id, endpoint, job_id, kind, rank, changes,
                            object_id, title, arguments, reason, requested_at, requested_by,
                            expires_at, state, is_open, phase, attempts, on_contact, steps,
                            superseded)
                        VALUES (:id, :deviceId, :endpoint, :jobId, :kind, :rank, :changes,
                            :objectId, :title, :arguments, :reason, :requestedAt, :requestedBy,
                            :expiresAt, :state, 1, :phase, 0, 0, :steps, 0)
                        """);
        for (var row : rows) {
            batch.bind("id", row.id())
                    .bind("deviceId", row.deviceId())
                    .bind("endpoint", row.endpoint())
                    .bind("jobId", row.jobId().orElse(null))
                    .bind("kind", row.kind().toString())
                    .bind("rank", row.rank().ordinal())
                    .bind("changes", row.changes() ? 1 : 0)
                    .bindByType(
                            "objectId",
                            row.objectId().isPresent() ? row.objectId().getAsInt() : null,
                            Integer.class)
                    .bind("title", row.title())
                    .bind("arguments", Json.write(row.arguments()))
                    .bind("reason", row.reason().orElse(null))
                    .bind("requestedAt", row.requestedAt())
                    .bind("requestedBy", row.requestedBy())
                    .bind("expiresAt", row.expiresAt())
                    .bind("state", row.state().toString())
                    .bind("phase", row.phase().name())
                    .bind("steps", step.isPresent() ? 1 : 0)
                    .add();
        }
        batch.execute();
        step.ifPresent(first -> rows.forEach(row -> insertStep(handle, row.id(), 1, first)));
    }

    /** Adds a step; the last of very many takes the place of the one before. */
    void addStep(Handle handle, String commandId, TimelineStep step, int maximum) {
        var number =
                handle.createQuery(
                                """
                                UPDATE commands SET steps = CASE WHEN steps < :maximum THEN steps + 1
                                    ELSE steps END
                                WHERE id = :id RETURNING steps
                                """)
                        .bind("id", commandId)
                        .bind("maximum", maximum)
                        .mapTo(Integer.class)
                        .one();
        insertStep(handle, commandId, number, step);
    }

    private static void insertStep(Handle handle, String commandId, int number, TimelineStep step) {
        handle.createUpdate(
                        """
                        INSERT INTO command_steps (command_id, number, at, step, text, code, exchange)
                        VALUES (:id, :number, :at, :step, :text, :code, :exchange)
                        ON CONFLICT (command_id, number) DO UPDATE SET
                        at = :at, step = :step, text = :text, code = :code, exchange = :exchange
                        """)
                .bind("id", commandId)
                .bind("number", number)
                .bind("at", step.at())
                .bind("step", step.step().toString())
                .bind("text", step.text())
                .bind("code", step.code().orElse(null))
                .bind("exchange", step.exchange().orElse(null))
                .execute();
    }

    Optional<CommandRow> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM commands WHERE id = :id")
                .bind("id", id)
                .map(CommandRow::of)
                .findOne();
    }

    /** The open commands of a device in the order in which they are its turn. */
    List<CommandRow> openOf(Handle handle, String deviceId) {
        return handle.createQuery(
                        """
                        SELECT * FROM commands WHERE device_id = :device AND is_open = 1
                        ORDER BY rank, id LIMIT :limit
                        """)
                .bind("device", deviceId)
                .bind("limit", LOOK_AT)
                .map(CommandRow::of)
                .list();
    }

    int countOpen(Handle handle, String deviceId) {
        return handle.createQuery(
                        "SELECT COUNT(*) FROM commands WHERE device_id = :device AND is_open = 1")
                .bind("device", deviceId)
                .mapTo(Integer.class)
                .one();
    }

    /** An open command that does the same. */
    Optional<CommandRow> openTwin(
            Handle handle, String deviceId, CommandKind kind, String arguments) {
        return handle.createQuery(
                        """
                        SELECT * FROM commands WHERE device_id = :device AND is_open = 1
                        AND kind = :kind AND arguments = :arguments ORDER BY id LIMIT 1
                        """)
                .bind("device", deviceId)
                .bind("kind", kind.toString())
                .bind("arguments", arguments)
                .map(CommandRow::of)
                .findOne();
    }

    /** The newest open command of a kind on a device. */
    Optional<CommandRow> openOfKind(Handle handle, String deviceId, CommandKind kind) {
        return openOf(handle, deviceId).stream().filter(row -> row.kind() == kind).findFirst();
    }

    /** Timelines of commands, without the request itself. */
    Map<String, List<TimelineStep>> steps(Handle handle, Collection<String> commandIds) {
        var byCommand = new HashMap<String, List<TimelineStep>>();
        if (commandIds.isEmpty()) {
            return byCommand;
        }
        handle.createQuery(
                        """
                        SELECT * FROM command_steps WHERE command_id IN (<ids>)
                        ORDER BY command_id, number
                        """)
                .bindList("ids", List.copyOf(commandIds))
                .map(
                        (row, context) ->
                                byCommand
                                        .computeIfAbsent(
                                                row.getString("command_id"),
                                                id -> new ArrayList<>())
                                        .add(
                                                new TimelineStep(
                                                        Instant.ofEpochMilli(row.getLong("at")),
                                                        StepKind.of(row.getString("step")),
                                                        row.getString("text"),
                                                        Optional.ofNullable(row.getString("code")),
                                                        Optional.ofNullable(
                                                                row.getString("exchange")))))
                .list();
        return byCommand;
    }

    /**
     * What commands are asked for.
     *
     * @param device only of this device
     * @param job only of this job
     */
    record Query(
            Optional<String> device,
            Optional<String> job,
            Optional<CommandState> state,
            Optional<CommandKind> kind) {}

    /** Commands on devices in a scope, newest first. */
    Page<CommandRow> page(Handle handle, DeviceScope scope, Query query, PageRequest request) {
        var where = new StringBuilder(inScope(scope));
        var values = new HashMap<String, Object>(scope.bindings());
        query.device().ifPresent(id -> and(where, values, "device_id", id));
        query.job().ifPresent(id -> and(where, values, "job_id", id));
        query.state().ifPresent(state -> and(where, values, "state", state.toString()));
        query.kind().ifPresent(kind -> and(where, values, "kind", kind.toString()));
        var total =
                handle.createQuery("SELECT COUNT(*) FROM commands c WHERE " + where)
                        .bindMap(values)
                        .mapTo(Long.class)
                        .one();
        request.cursor().ifPresent(cursor -> values.put("after", cursor.text(0)));
        var rows =
                handle.createQuery(
                                "SELECT * FROM commands c WHERE "
                                        + where
                                        + (request.cursor().isPresent() ? " AND id < :after" : "")
                                        + " ORDER BY id DESC LIMIT :limit")
                        .bindMap(values)
                        .bind("limit", request.limit() + 1)
                        .map(CommandRow::of)
                        .list();
        return Page.cut(rows, request, Optional.of(total), row -> Cursor.of(row.id()));
    }

    private static void and(
            StringBuilder where, Map<String, Object> values, String column, Object value) {
        where.append(" AND ").append(column).append(" = :").append(column);
        values.put(column, value);
    }

    /** A condition that holds for commands {@code c} on devices in the scope. */
    static String inScope(DeviceScope scope) {
        return "EXISTS (SELECT 1 FROM devices d WHERE d.id = c.device_id AND "
                + scope.sql("d")
                + ")";
    }

    /** Numbers of open commands by device; devices without any are left out. */
    Map<String, Integer> openCounts(Handle handle, List<String> deviceIds) {
        var counts = new HashMap<String, Integer>();
        for (int from = 0; from < deviceIds.size(); from += NAMES_AT_ONCE) {
            var part = deviceIds.subList(from, Math.min(deviceIds.size(), from + NAMES_AT_ONCE));
            handle.createQuery(
                            """
                            SELECT device_id, COUNT(*) AS open FROM commands
                            WHERE is_open = 1 AND device_id IN (<ids>) GROUP BY device_id
                            """)
                    .bindList("ids", part)
                    .map(
                            (row, context) ->
                                    counts.put(row.getString("device_id"), row.getInt("open")))
                    .list();
        }
        return counts;
    }
}
