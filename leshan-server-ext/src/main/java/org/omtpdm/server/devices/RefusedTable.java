package org.omtpdm.server.devices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;

/**
 * The table {@code devices_refused}. An entry that belongs to a device is in the scopes that the
 * device is in; one that belongs to none is in every scope, since otherwise nobody could add the
 * device.
 */
final class RefusedTable {

    private RefusedTable() {}

    private static String visible(DeviceScope scope) {
        return """
               (r.device_id IS NULL OR EXISTS (
                 SELECT 1 FROM devices d WHERE d.id = r.device_id AND (%s)))
               """
                .formatted(scope.sql("d"));
    }

    static Page<RefusedContact> page(Handle handle, PageRequest request, DeviceScope scope) {
        var total =
                handle.createQuery("SELECT COUNT(*) FROM devices_refused r WHERE " + visible(scope))
                        .bindMap(scope.bindings())
                        .mapTo(Long.class)
                        .one();
        var rows =
                handle.createQuery(
                                """
                                SELECT r.* FROM devices_refused r
                                WHERE (r.at, r.id) < (:at, :id) AND %s
                                ORDER BY r.at DESC, r.id DESC LIMIT :limit
                                """
                                        .formatted(visible(scope)))
                        .bindMap(scope.bindings())
                        .bind(
                                "at",
                                request.cursor()
                                        .map(cursor -> cursor.number(0))
                                        .orElse(Long.MAX_VALUE))
                        .bind("id", request.cursor().map(cursor -> cursor.text(1)).orElse(""))
                        .bind("limit", request.limit() + 1)
                        .map(RefusedTable::contact)
                        .list();
        return Page.cut(
                rows,
                request,
                Optional.of(total),
                last -> Cursor.of(last.at().toEpochMilli(), last.id()));
    }

    static long countSince(Handle handle, Instant since, DeviceScope scope) {
        return handle.createQuery(
                        "SELECT COUNT(*) FROM devices_refused r WHERE r.at >= :since AND "
                                + visible(scope))
                .bindMap(scope.bindings())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }

    static List<RefusedContact> latest(Handle handle, int most) {
        return handle.createQuery(
                        "SELECT * FROM devices_refused ORDER BY at DESC, id DESC LIMIT :most")
                .bind("most", most)
                .map(RefusedTable::contact)
                .list();
    }

    static Optional<RefusedContact> find(Handle handle, String id, DeviceScope scope) {
        return handle.createQuery(
                        "SELECT r.* FROM devices_refused r WHERE r.id = :id AND " + visible(scope))
                .bindMap(scope.bindings())
                .bind("id", id)
                .map(RefusedTable::contact)
                .findOne();
    }

    static Optional<RefusedContact> byCause(Handle handle, String cause) {
        return handle.createQuery("SELECT * FROM devices_refused WHERE cause = :cause")
                .bind("cause", cause)
                .map(RefusedTable::contact)
                .findOne();
    }

    static int ofHost(Handle handle, String host) {
        return handle.createQuery("SELECT COUNT(*) FROM devices_refused WHERE host = :host")
                .bind("host", host)
                .mapTo(Integer.class)
                .one();
    }

    static RefusedContact add(
            Handle handle,
            String cause,
            String host,
            DeviceListener.RefusedContact contact,
            Instant firstAt,
            long count,
            Optional<String> deviceId) {
        return handle.createQuery(
                        """
                        INSERT INTO devices_refused (id, cause, at, first_at, count, host, address,
                          endpoint, identity, reason, detail, device_id)
                        VALUES (:id, :cause, :at, :first, :count, :host, :address,
                          :endpoint, :identity, :reason, :detail, :device)
                        ON CONFLICT (cause) DO UPDATE SET
                          at = excluded.at, count = devices_refused.count + excluded.count,
                          address = excluded.address, detail = excluded.detail,
                          device_id = excluded.device_id
                        RETURNING *
                        """)
                .bind("id", Ids.next())
                .bind("cause", cause)
                .bind("at", contact.at())
                .bind("first", firstAt)
                .bind("count", count)
                .bind("host", host)
                .bind("address", contact.address())
                .bind("endpoint", contact.endpoint())
                .bind("identity", contact.identity())
                .bind("reason", contact.reason().name())
                .bind("detail", contact.detail())
                .bind("device", deviceId.orElse(null))
                .map(RefusedTable::contact)
                .one();
    }

    /** Leaves the newest entries. */
    static void trim(Handle handle, int most) {
        handle.createUpdate(
                        """
                        DELETE FROM devices_refused WHERE id IN (
                          SELECT id FROM devices_refused ORDER BY at DESC, id DESC
                          LIMIT 1000000 OFFSET :most)
                        """)
                .bind("most", most)
                .execute();
    }

    static void remove(Handle handle, String id) {
        handle.createUpdate("DELETE FROM devices_refused WHERE id = :id").bind("id", id).execute();
    }

    static void removeOf(Handle handle, String deviceId, String endpoint) {
        handle.createUpdate(
                        """
                        DELETE FROM devices_refused
                        WHERE device_id = :device OR endpoint = :endpoint OR identity = :endpoint
                        """)
                .bind("device", deviceId)
                .bind("endpoint", endpoint)
                .execute();
    }

    private static RefusedContact contact(ResultSet row, StatementContext context)
            throws SQLException {
        return new RefusedContact(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                Instant.ofEpochMilli(row.getLong("first_at")),
                row.getLong("count"),
                row.getString("address"),
                row.getString("endpoint"),
                row.getString("identity"),
                RefusalReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                Optional.ofNullable(row.getString("device_id")));
    }
}
