package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.store.Json;

/** A command as it is stored; the columns are explained in {@code V3__commands.sql}. */
record CommandRow(
        String id,
        String deviceId,
        String endpoint,
        Optional<String> jobId,
        CommandKind kind,
        Rank rank,
        boolean changes,
        OptionalInt objectId,
        String title,
        JsonNode arguments,
        Optional<String> reason,
        Instant requestedAt,
        String requestedBy,
        Instant expiresAt,
        CommandState state,
        Phase phase,
        Optional<String> cause,
        Optional<Instant> endedAt,
        int attempts,
        Optional<Instant> attemptedAt,
        Optional<Instant> notBefore,
        boolean onContact,
        OptionalLong correlator,
        Optional<JsonNode> memo,
        OptionalInt progress,
        Optional<JsonNode> result,
        boolean superseded) {

    static CommandRow of(ResultSet row, StatementContext context) throws SQLException {
        return new CommandRow(
                row.getString("id"),
                row.getString("device_id"),
                row.getString("endpoint"),
                Optional.ofNullable(row.getString("job_id")),
                CommandKind.of(row.getString("kind")),
                Rank.values()[row.getInt("rank")],
                row.getInt("changes") != 0,
                integer(row, "object_id"),
                row.getString("title"),
                Json.readTree(row.getString("arguments")),
                Optional.ofNullable(row.getString("reason")),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                row.getString("requested_by"),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                CommandState.of(row.getString("state")),
                Phase.valueOf(row.getString("phase")),
                Optional.ofNullable(row.getString("cause")),
                time(row, "ended_at"),
                row.getInt("attempts"),
                time(row, "attempted_at"),
                time(row, "not_before"),
                row.getInt("on_contact") != 0,
                number(row, "correlator"),
                json(row, "memo"),
                integer(row, "progress"),
                json(row, "result"),
                row.getInt("superseded") != 0);
    }

    /**
     * Whether its operation was or may have been sent, and nobody knows yet whether it happened.
     */
    boolean needsProof() {
        return changes && phase.isCommitted();
    }

    /** Whether it may go on now. */
    boolean isDue(Instant now, Instant lastHeard) {
        return notBefore.map(until -> !until.isAfter(now)).orElse(true)
                || onContact && attemptedAt.map(lastHeard::isAfter).orElse(true);
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }

    private static Optional<JsonNode> json(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(Json::readTree);
    }
}
