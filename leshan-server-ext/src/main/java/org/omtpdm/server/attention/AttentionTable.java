package org.omtpdm.server.attention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;

/**
 * The table {@code attention_items}. An item about a device is in the scopes that the device is in;
 * one about no device is in every scope.
 */
final class AttentionTable {

    private AttentionTable() {}

    private static String visible(DeviceScope scope) {
        return """
               (a.device_id IS NULL OR EXISTS (
                 SELECT 1 FROM devices d WHERE d.id = a.device_id AND (%s)))
               """
                .formatted(scope.sql("d"));
    }

    static Page<AttentionItem> page(
            Handle handle,
            Optional<AttentionState> state,
            Optional<String> deviceId,
            PageRequest request,
            DeviceScope scope) {
        var bindings = new HashMap<String, Object>(scope.bindings());
        var where = new StringBuilder(visible(scope));
        state.ifPresent(
                wanted -> {
                    where.append(" AND a.state = :state");
                    bindings.put("state", wanted.toString());
                });
        deviceId.ifPresent(
                id -> {
                    where.append(" AND a.device_id = :device");
                    bindings.put("device", id);
                });
        var total =
                handle.createQuery("SELECT COUNT(*) FROM attention_items a WHERE " + where)
                        .bindMap(bindings)
                        .mapTo(Long.class)
                        .one();
        var rows =
                handle.createQuery(
                                """
                                SELECT a.* FROM attention_items a
                                WHERE (a.last_at, a.id) < (:last, :id) AND %s
                                ORDER BY a.last_at DESC, a.id DESC LIMIT :limit
                                """
                                        .formatted(where))
                        .bindMap(bindings)
                        .bind(
                                "last",
                                request.cursor()
                                        .map(cursor -> cursor.number(0))
                                        .orElse(Long.MAX_VALUE))
                        .bind("id", request.cursor().map(cursor -> cursor.text(1)).orElse(""))
                        .bind("limit", request.limit() + 1)
                        .map(AttentionTable::item)
                        .list();
        return Page.cut(
                rows,
                request,
                Optional.of(total),
                last -> Cursor.of(last.lastAt().toEpochMilli(), last.id()));
    }

    static Map<AttentionState, Long> counts(Handle handle, DeviceScope scope) {
        var counts = new EnumMap<AttentionState, Long>(AttentionState.class);
        handle.createQuery(
                        "SELECT a.state, COUNT(*) FROM attention_items a WHERE %s GROUP BY a.state"
                                .formatted(visible(scope)))
                .bindMap(scope.bindings())
                .map(
                        (row, context) ->
                                counts.put(
                                        AttentionState.find(row.getString(1)).orElseThrow(),
                                        row.getLong(2)))
                .list();
        return counts;
    }

    static Optional<AttentionItem> byId(Handle handle, String id, DeviceScope scope) {
        return handle.createQuery(
                        "SELECT a.* FROM attention_items a WHERE a.id = :id AND " + visible(scope))
                .bindMap(scope.bindings())
                .bind("id", id)
                .map(AttentionTable::item)
                .findOne();
    }

    static Optional<AttentionItem> byKey(Handle handle, AttentionRule rule, String key) {
        return handle.createQuery(
                        "SELECT * FROM attention_items WHERE rule = :rule AND subject_key = :key")
                .bind("rule", rule.toString())
                .bind("key", key)
                .map(AttentionTable::item)
                .findOne();
    }

    /** All items of a rule, by key. */
    static Map<String, AttentionItem> ofRule(Handle handle, AttentionRule rule) {
        var items = new HashMap<String, AttentionItem>();
        handle.createQuery("SELECT * FROM attention_items WHERE rule = :rule")
                .bind("rule", rule.toString())
                .map(AttentionTable::item)
                .forEach(item -> items.put(item.key(), item));
        return items;
    }

    static List<AttentionItem> snoozedUntil(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT * FROM attention_items
                        WHERE state = 'snoozed' AND until_at <= :now
                        """)
                .bind("now", now)
                .map(AttentionTable::item)
                .list();
    }

    static String insert(Handle handle, Finding finding, Instant now) {
        var id = Ids.next();
        handle.createUpdate(
                        """
                        INSERT INTO attention_items (id, rule, subject_key, device_id, subject,
                          severity, title, detail, link, state, cause_at, first_at, last_at, count)
                        VALUES (:id, :rule, :key, :device, :subject, :severity, :title, :detail,
                          :link, 'open', :cause, :now, :now, 1)
                        """)
                .bind("id", id)
                .bind("rule", finding.rule().toString())
                .bind("key", finding.key())
                .bind("device", finding.deviceId().orElse(null))
                .bind("subject", finding.subject())
                .bind("severity", finding.severity())
                .bind("title", finding.title())
                .bind("detail", finding.detail())
                .bind("link", finding.link())
                .bind("cause", finding.at())
                .bind("now", now)
                .execute();
        return id;
    }

    /** Found once more; what was settled is open again. */
    static void again(
            Handle handle, AttentionItem item, Finding finding, AttentionState state, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE attention_items SET title = :title, detail = :detail, link = :link,
                          severity = :severity, cause_at = :cause, last_at = :now,
                          count = count + 1, state = :state
                        WHERE id = :id
                        """)
                .bind("id", item.id())
                .bind("title", finding.title())
                .bind("detail", finding.detail())
                .bind("link", finding.link())
                .bind("severity", finding.severity())
                .bind("cause", finding.at())
                .bind("now", now)
                .bind("state", state.toString())
                .execute();
    }

    static void change(
            Handle handle,
            String id,
            AttentionState state,
            String by,
            String note,
            Optional<Instant> until) {
        handle.createUpdate(
                        """
                        UPDATE attention_items SET state = :state, changed_by = :by, note = :note,
                          until_at = :until
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("state", state.toString())
                .bind("by", by)
                .bind("note", note)
                .bind("until", until.orElse(Instant.EPOCH))
                .execute();
    }

    static int open(Handle handle, String deviceId) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM attention_items
                        WHERE device_id = :device AND state = 'open'
                        """)
                .bind("device", deviceId)
                .mapTo(Integer.class)
                .one();
    }

    static int forgetResolved(Handle handle, Instant before) {
        return handle.createUpdate(
                        """
                        DELETE FROM attention_items WHERE state = 'resolved' AND last_at < :before
                        """)
                .bind("before", before)
                .execute();
    }

    static long progress(Handle handle) {
        return handle.createQuery("SELECT event_number FROM attention_progress WHERE id = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    static void progress(Handle handle, long number) {
        handle.createUpdate(
                        """
                        INSERT INTO attention_progress (id, event_number) VALUES (1, :number)
                        ON CONFLICT (id) DO UPDATE SET event_number = excluded.event_number
                        """)
                .bind("number", number)
                .execute();
    }

    private static AttentionItem item(ResultSet row, StatementContext context) throws SQLException {
        var until = row.getLong("until_at");
        return new AttentionItem(
                row.getString("id"),
                AttentionRule.of(row.getString("rule")),
                row.getString("severity"),
                row.getString("title"),
                text(row, "detail"),
                Optional.ofNullable(row.getString("device_id")),
                Optional.empty(),
                text(row, "subject"),
                text(row, "link"),
                AttentionState.find(row.getString("state")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("first_at")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                row.getLong("count"),
                text(row, "changed_by"),
                text(row, "note"),
                until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)),
                row.getString("subject_key"),
                Instant.ofEpochMilli(row.getLong("cause_at")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).filter(value -> !value.isEmpty());
    }
}
