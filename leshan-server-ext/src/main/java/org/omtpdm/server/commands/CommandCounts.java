package org.omtpdm.server.commands;

import java.time.Instant;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;

/** Numbers of commands, for the first page. Thread-safe. */
public final class CommandCounts {

    private final Database database;

    public CommandCounts(Database database) {
        this.database = database;
    }

    /** Commands that ended at or after a time. */
    public record Ended(long done, long failed) {}

    /** Commands that wait or are being done. */
    public long open(DeviceScope scope) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "SELECT COUNT(*) FROM commands c WHERE c.is_open = 1 AND "
                                                + CommandStore.inScope(scope))
                                .bindMap(scope.bindings())
                                .mapTo(Long.class)
                                .one());
    }

    /** How commands ended since a time. */
    public Ended endedSince(Instant since, DeviceScope scope) {
        var byState =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT c.state, COUNT(*) FROM commands c
                                                WHERE c.is_open = 0 AND c.ended_at >= :since
                                                  AND %s
                                                GROUP BY c.state
                                                """
                                                        .formatted(CommandStore.inScope(scope)))
                                        .bindMap(scope.bindings())
                                        .bind("since", since)
                                        .map(
                                                (row, context) ->
                                                        java.util.Map.entry(
                                                                CommandState.of(row.getString(1)),
                                                                row.getLong(2)))
                                        .list());
        var done = 0L;
        var failed = 0L;
        for (var state : byState) {
            done += state.getKey() == CommandState.DONE ? state.getValue() : 0;
            failed += state.getKey().isFailure() ? state.getValue() : 0;
        }
        return new Ended(done, failed);
    }
}
