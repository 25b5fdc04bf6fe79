package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;

/**
 * One page of a list of devices.
 *
 * <p>Two ways lead to it. Where many devices match, the index of the sort key is followed from the
 * cursor on, and the few rows of a page are soon found. Where few match, that would visit nearly
 * every row, and counting them would visit every row again; there all matches are collected in one
 * pass, counted and cut. Whether few match is tried out: collecting ends at {@link #FEW}.
 *
 * <p>The moment that states are computed for travels in the cursor, so that time alone moves no
 * device across the end of a page.
 */
final class DeviceListing {

    static final int FEW = 2_000;

    private final Handle handle;
    private final DeviceFilter filter;
    private final DeviceSort sort;
    private final PageRequest request;
    private final DeviceScope scope;
    private final Instant asOf;

    DeviceListing(
            Handle handle,
            DeviceFilter filter,
            DeviceSort sort,
            PageRequest request,
            DeviceScope scope,
            Instant now) {
        this.handle = handle;
        this.filter = filter;
        this.sort = sort;
        this.request = request;
        this.scope = scope;
        this.asOf =
                request.cursor().map(cursor -> Instant.ofEpochMilli(cursor.number(2))).orElse(now);
    }

    /** A device's place in the list. */
    private record Place(String id, Object key, boolean later) {}

    Page<Device> page() {
        if (filter.isSelective()) {
            var matches = matches();
            if (matches.size() <= FEW) {
                var rest =
                        matches.stream().filter(Place::later).limit(request.limit() + 1L).toList();
                return devices(rest, matches.size());
            }
        }
        return devices(following(), DeviceQueries.count(handle, filter, scope, asOf));
    }

    /** All that match, in order; at most one more than a few. */
    private List<Place> matches() {
        var condition = condition();
        var later = request.cursor().map(cursor -> after(condition, "p.sort_key", "p.id", cursor));
        return handle.createQuery(
                        """
                        SELECT p.id, p.sort_key, %s AS later FROM (
                          SELECT d.id, %s AS sort_key FROM devices d WHERE %s LIMIT %d) p
                        ORDER BY p.sort_key%s, p.id%s
                        """
                                .formatted(
                                        later.map(
                                                        test ->
                                                                "CASE WHEN "
                                                                        + test
                                                                        + " THEN 1 ELSE 0 END")
                                                .orElse("1"),
                                        sort.key().expression(),
                                        condition.sql(),
                                        FEW + 1,
                                        direction(),
                                        direction()))
                .bindMap(condition.bindings())
                .map((row, context) -> new Place(row.getString(1), key(row), row.getInt(3) == 1))
                .list();
    }

    /** The page's places, found along the index. */
    private List<Place> following() {
        var condition = condition();
        var key = sort.key().expression();
        var later = request.cursor().map(cursor -> " AND " + after(condition, key, "d.id", cursor));
        return handle.createQuery(
                        """
                        SELECT d.id, %s AS sort_key FROM devices d WHERE %s
                        ORDER BY %s%s, d.id%s LIMIT %d
                        """
                                .formatted(
                                        key,
                                        condition.sql() + later.orElse(""),
                                        key,
                                        direction(),
                                        direction(),
                                        request.limit() + 1))
                .bindMap(condition.bindings())
                .map((row, context) -> new Place(row.getString(1), key(row), true))
                .list();
    }

    private DeviceCondition condition() {
        var condition = DeviceCondition.of(filter, scope, asOf);
        return sort.key() == DeviceSort.Key.STATE ? condition.with("now", asOf) : condition;
    }

    private String after(DeviceCondition condition, String key, String id, Cursor cursor) {
        condition
                .with("key", sort.key().isText() ? cursor.text(0) : (Object) cursor.number(0))
                .with("after", cursor.text(1));
        return "(%s, %s) %s (:key, :after)".formatted(key, id, sort.downwards() ? "<" : ">");
    }

    private String direction() {
        return sort.downwards() ? " DESC" : "";
    }

    private Object key(java.sql.ResultSet row) throws java.sql.SQLException {
        return sort.key().isText() ? row.getString(2) : (Object) row.getLong(2);
    }

    private Page<Device> devices(List<Place> places, long total) {
        var page =
                Page.cut(
                        places,
                        request,
                        Optional.of(total),
                        last -> Cursor.of(last.key, last.id, asOf.toEpochMilli()));
        var byId = new HashMap<String, Device>();
        var ids = page.items().stream().map(Place::id).toList();
        DeviceQueries.byIds(handle, ids, scope).forEach(device -> byId.put(device.id(), device));
        return page.map(place -> byId.get(place.id()));
    }
}
