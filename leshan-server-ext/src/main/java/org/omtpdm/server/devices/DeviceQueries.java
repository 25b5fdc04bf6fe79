package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;

/** What is asked of the table {@code devices}; every question takes the asker's scope. */
final class DeviceQueries {

    private static final int IDS_AT_ONCE = 500;

    private DeviceQueries() {}

    static Optional<Device> byId(Handle handle, String id, DeviceScope scope) {
        return handle.createQuery(
                        "SELECT d.* FROM devices d WHERE d.id = :id AND (" + scope.sql("d") + ")")
                .bind("id", id)
                .bindMap(scope.bindings())
                .map(DeviceRows::device)
                .findOne();
    }

    static Optional<Device> byEndpoint(Handle handle, String endpoint) {
        return handle.createQuery("SELECT * FROM devices WHERE endpoint = :endpoint")
                .bind("endpoint", endpoint)
                .map(DeviceRows::device)
                .findOne();
    }

    static Optional<String> idOf(Handle handle, String endpoint) {
        return handle.createQuery("SELECT id FROM devices WHERE endpoint = :endpoint")
                .bind("endpoint", endpoint)
                .mapTo(String.class)
                .findOne();
    }

    static List<Device> byIds(Handle handle, Collection<String> ids, DeviceScope scope) {
        var all = new ArrayList<>(ids);
        var found = new ArrayList<Device>(all.size());
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            found.addAll(
                    handle.createQuery(
                                    "SELECT d.* FROM devices d WHERE d.id IN (<ids>) AND ("
                                            + scope.sql("d")
                                            + ")")
                            .bindList(
                                    "ids",
                                    all.subList(from, Math.min(from + IDS_AT_ONCE, all.size())))
                            .bindMap(scope.bindings())
                            .map(DeviceRows::device)
                            .list());
        }
        return found;
    }

    /**
     * One page. The moment that states are computed for travels in the cursor of a list sorted by
     * state, so that time alone moves no device across a page's end.
     */
    static Page<Device> page(
            Handle handle,
            DeviceFilter filter,
            DeviceSort sort,
            PageRequest request,
            DeviceScope scope,
            Instant now) {
        var asOf =
                request.cursor().map(cursor -> Instant.ofEpochMilli(cursor.number(2))).orElse(now);
        var condition = DeviceCondition.of(filter, scope, asOf);
        var total = count(handle, condition);
        request.cursor().ifPresent(cursor -> after(condition, sort, cursor));
        if (sort.key() == DeviceSort.Key.STATE) {
            condition.with("now", asOf);
        }
        var key = sort.key().expression();
        var direction = sort.downwards() ? " DESC" : "";
        var rows =
                handle.createQuery(
                                "SELECT d.*, %s AS sort_key FROM devices d WHERE %s ORDER BY %s%s, d.id%s LIMIT :limit"
                                        .formatted(key, condition.sql(), key, direction, direction))
                        .bindMap(condition.bindings())
                        .bind("limit", request.limit() + 1)
                        .map(
                                (row, context) ->
                                        new Keyed(
                                                DeviceRows.device(row, context),
                                                sort.key().isText()
                                                        ? row.getString("sort_key")
                                                        : (Object) row.getLong("sort_key")))
                        .list();
        return Page.cut(
                        rows,
                        request,
                        Optional.of(total),
                        last -> Cursor.of(last.key, last.device.id(), asOf.toEpochMilli()))
                .map(Keyed::device);
    }

    private record Keyed(Device device, Object key) {}

    private static void after(DeviceCondition condition, DeviceSort sort, Cursor cursor) {
        condition
                .with("key", sort.key().isText() ? cursor.text(0) : (Object) cursor.number(0))
                .and(
                        "(%s, d.id) %s (:key, :after)"
                                .formatted(sort.key().expression(), sort.downwards() ? "<" : ">"),
                        "after",
                        cursor.text(1));
    }

    static long count(Handle handle, DeviceFilter filter, DeviceScope scope, Instant now) {
        return count(handle, DeviceCondition.of(filter, scope, now));
    }

    private static long count(Handle handle, DeviceCondition condition) {
        return handle.createQuery("SELECT COUNT(*) FROM devices d WHERE " + condition.sql())
                .bindMap(condition.bindings())
                .mapTo(Long.class)
                .one();
    }

    /** The ids of all that match, in the order of their ids. */
    static List<String> ids(Handle handle, DeviceFilter filter, DeviceScope scope, Instant now) {
        var condition = DeviceCondition.of(filter, scope, now);
        return handle.createQuery(
                        "SELECT d.id FROM devices d WHERE " + condition.sql() + " ORDER BY d.id")
                .bindMap(condition.bindings())
                .mapTo(String.class)
                .list();
    }

    static Map<DeviceState, Long> byState(
            Handle handle, DeviceFilter filter, DeviceScope scope, Instant now) {
        var condition = DeviceCondition.of(filter, scope, now).with("now", now);
        var counts = new EnumMap<DeviceState, Long>(DeviceState.class);
        handle.createQuery(
                        "SELECT %s AS state, COUNT(*) AS n FROM devices d WHERE %s GROUP BY 1"
                                .formatted(PresenceSql.state("d"), condition.sql()))
                .bindMap(condition.bindings())
                .map(
                        (row, context) ->
                                counts.put(DeviceState.values()[row.getInt(1)], row.getLong(2)))
                .list();
        return counts;
    }

    /** The most frequent values of a text column; the empty text stands for unknown. */
    static List<FacetCount> facet(
            Handle handle,
            String column,
            int most,
            DeviceFilter filter,
            DeviceScope scope,
            Instant now) {
        var condition = DeviceCondition.of(filter, scope, now);
        return handle.createQuery(
                        """
                        SELECT d.%s AS value, COUNT(*) AS n FROM devices d WHERE %s
                        GROUP BY d.%s ORDER BY n DESC, value LIMIT :most
                        """
                                .formatted(column, condition.sql(), column))
                .bindMap(condition.bindings())
                .bind("most", most)
                .map((row, context) -> new FacetCount(row.getString(1), row.getLong(2)))
                .list();
    }
}
