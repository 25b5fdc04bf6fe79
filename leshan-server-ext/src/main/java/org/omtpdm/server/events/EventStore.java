package org.omtpdm.server.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** Events in the database. Thread-safe. */
public final class EventStore {

    private final Database database;

    public EventStore(Database database) {
        this.database = database;
    }

    Event append(Tx tx, NewEvent event) {
        var data = Json.write(event.data());
        var number =
                tx.handle()
                        .createQuery(
                                """
                                INSERT INTO events (number, at, type, device_id, text, data)
                                SELECT COALESCE(MAX(number), 0) + 1, :at, :type, :device, :text, :data
                                FROM events
                                RETURNING number
                                """)
                        .bind("at", tx.now())
                        .bind("type", event.type())
                        .bind("device", event.deviceId().orElse(null))
                        .bind("text", event.text())
                        .bind("data", data)
                        .mapTo(Long.class)
                        .one();
        return new Event(
                number, tx.now(), event.type(), event.deviceId(), event.text(), event.data());
    }

    /** The newest number, 0 before the first event. */
    public long lastNumber() {
        return database.read(handle -> bound(handle, "MAX(number)"));
    }

    /** The oldest number still stored, 0 before the first event. */
    public long firstNumber() {
        return database.read(handle -> bound(handle, "MIN(number)"));
    }

    private static long bound(Handle handle, String bound) {
        return handle.createQuery("SELECT COALESCE(" + bound + ", 0) FROM events")
                .mapTo(Long.class)
                .one();
    }

    /** Events after a number, oldest first. */
    public List<Event> after(long number, int limit) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM events WHERE number > :number
                                        ORDER BY number LIMIT :limit
                                        """)
                                .bind("number", number)
                                .bind("limit", limit)
                                .map(EventStore::event)
                                .list());
    }

    /**
     * Past events, newest first.
     *
     * @param since only events at or after this time
     */
    public Page<Event> page(
            DeviceScope scope,
            Optional<String> deviceId,
            Optional<Instant> since,
            PageRequest request) {
        var before = request.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        var rows =
                database.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT * FROM events"
                                                        + " WHERE number < :before AND at >= :since"
                                                        + (deviceId.isPresent()
                                                                ? " AND device_id = :device"
                                                                : "")
                                                        + " ORDER BY number DESC LIMIT :limit")
                                        .bind("before", before)
                                        .bind("since", since.orElse(Instant.EPOCH))
                                        .bindMap(
                                                deviceId.isPresent()
                                                        ? Map.of("device", deviceId.get())
                                                        : Map.of())
                                        .bind("limit", request.limit() + 1)
                                        .map(EventStore::event)
                                        .list());
        var page = Page.cut(rows, request, Optional.empty(), event -> Cursor.of(event.number()));
        return new Page<>(
                page.items().stream().filter(event -> visible(event, scope)).toList(),
                page.total(),
                page.nextCursor());
    }

    static boolean visible(Event event, DeviceScope scope) {
        return event.deviceId().map(scope::includes).orElse(true);
    }

    /** Forgets old events; the newest stays, since numbers go on from it. */
    public int forget(EventRetention retention) {
        return database.write(
                tx ->
                        tx.handle()
                                .createUpdate(
                                        """
                                        DELETE FROM events
                                        WHERE number < (SELECT MAX(number) FROM events)
                                          AND (at < :before
                                            OR number <= (SELECT MAX(number) FROM events) - :keep)
                                        """)
                                .bind("before", tx.now().minus(retention.keep()))
                                .bind("keep", retention.atMost())
                                .execute());
    }

    private static Event event(ResultSet row, StatementContext context) throws SQLException {
        return new Event(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("type"),
                Optional.ofNullable(row.getString("device_id")),
                row.getString("text"),
                Json.readObject(row.getString("data")));
    }
}
