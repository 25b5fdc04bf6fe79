package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.security.DeviceScope;

/** What is asked of the table {@code devices}; every question takes the asker's scope. */
final class DeviceQueries {

    private static final int IDS_AT_ONCE = 500;
    private static final int HOURS = 24;

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

    /** Expired registrations of devices in service; signing off isn't silence. */
    static List<DeviceService.Silence> silences(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT d.id, d.endpoint, d.name, d.valid_until, d.last_heard_at
                        FROM devices d
                        WHERE d.registered_at > 0 AND d.valid_until <= :now
                          AND d.deregistered_at = 0
                          AND d.retired_at = 0 AND d.out_of_service_at = 0
                        """)
                .bind("now", now)
                .map(
                        (row, context) -> {
                            var name = row.getString("name");
                            return new DeviceService.Silence(
                                    row.getString("id"),
                                    name.isEmpty() ? PlainText.of(row.getString("endpoint")) : name,
                                    Instant.ofEpochMilli(row.getLong("valid_until")),
                                    "Not heard of since "
                                            + DeviceEvents.minute(
                                                    Instant.ofEpochMilli(
                                                            row.getLong("last_heard_at"))));
                        })
                .list();
    }

    static List<HeardHour> heardByHour(Handle handle, DeviceScope scope, Instant now) {
        var from = now.minus(Duration.ofHours(HOURS));
        var counts = new long[HOURS];
        handle.createQuery(
                        """
                        SELECT (d.last_heard_at - :from) / 3600000 AS hour, COUNT(*) AS n
                        FROM devices d
                        WHERE d.last_heard_at >= :from AND d.last_heard_at < :now AND (%s)
                        GROUP BY 1
                        """
                                .formatted(scope.sql("d")))
                .bindMap(scope.bindings())
                .bind("from", from)
                .bind("now", now.plusMillis(1))
                .map(
                        (row, context) ->
                                counts[Math.min(HOURS - 1, row.getInt("hour"))] += row.getLong("n"))
                .list();
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> new HeardHour(from.plus(Duration.ofHours(hour)), counts[hour]))
                .toList();
    }

    static long addedSince(Handle handle, DeviceScope scope, Instant since) {
        return handle.createQuery(
                        "SELECT COUNT(*) FROM devices d WHERE d.created_at >= :since AND ("
                                + scope.sql("d")
                                + ")")
                .bindMap(scope.bindings())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }
}
