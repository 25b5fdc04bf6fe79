package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.security.DeviceScope;

/**
 * Counts of devices by what they have in common. With a filter, one pass over the table gives all
 * counts; without, each column's index gives its own.
 */
final class FacetQuery {

    private final Handle handle;
    private final DeviceFilter filter;
    private final DeviceScope scope;
    private final Instant now;

    FacetQuery(Handle handle, DeviceFilter filter, DeviceScope scope, Instant now) {
        this.handle = handle;
        this.filter = filter;
        this.scope = scope;
        this.now = now;
    }

    private record Combination(
            DeviceState state, String firmware, String model, String manufacturer, long count) {}

    /**
     * @param most values given per column, the most frequent ones
     */
    DeviceFacets facets(int most) {
        if (!filter.isSelective()) {
            var states = DeviceQueries.byState(handle, filter, scope, now);
            return new DeviceFacets(
                    states.values().stream().mapToLong(Long::longValue).sum(),
                    states(states),
                    column("firmware", most),
                    column("model", most),
                    column("manufacturer", most));
        }
        var states = new java.util.EnumMap<DeviceState, Long>(DeviceState.class);
        var firmware = new HashMap<String, Long>();
        var model = new HashMap<String, Long>();
        var manufacturer = new HashMap<String, Long>();
        var total = 0L;
        for (var found : combinations()) {
            states.merge(found.state, found.count, Long::sum);
            firmware.merge(found.firmware, found.count, Long::sum);
            model.merge(found.model, found.count, Long::sum);
            manufacturer.merge(found.manufacturer, found.count, Long::sum);
            total += found.count;
        }
        return new DeviceFacets(
                total,
                states(states),
                top(firmware, most),
                top(model, most),
                top(manufacturer, most));
    }

    private List<Combination> combinations() {
        var condition = DeviceCondition.of(filter, scope, now).with("now", now);
        return handle.createQuery(
                        """
                        SELECT %s AS state, d.firmware, d.model, d.manufacturer, COUNT(*)
                        FROM devices d WHERE %s
                        GROUP BY 1, d.firmware, d.model, d.manufacturer
                        """
                                .formatted(PresenceSql.state("d"), condition.sql()))
                .bindMap(condition.bindings())
                .map(
                        (row, context) ->
                                new Combination(
                                        DeviceState.values()[row.getInt(1)],
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5)))
                .list();
    }

    /** The most frequent values of a column; the empty text stands for unknown. */
    List<FacetCount> column(String column, int most) {
        return handle
                .createQuery(
                        """
                        SELECT d.%s AS value, COUNT(*) AS n FROM devices d WHERE (%s)
                        GROUP BY d.%s
                        """
                                .formatted(column, scope.sql("d"), column))
                .bindMap(scope.bindings())
                .map((row, context) -> new FacetCount(row.getString(1), row.getLong(2)))
                .stream()
                .sorted(FREQUENT_FIRST)
                .limit(most)
                .toList();
    }

    private static final Comparator<FacetCount> FREQUENT_FIRST =
            Comparator.comparingLong(FacetCount::count).reversed().thenComparing(FacetCount::value);

    private static List<FacetCount> states(Map<DeviceState, Long> counts) {
        return counts.entrySet().stream()
                .map(state -> new FacetCount(state.getKey().toString(), state.getValue()))
                .toList();
    }

    private static List<FacetCount> top(Map<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .map(entry -> new FacetCount(entry.getKey(), entry.getValue()))
                .sorted(FREQUENT_FIRST)
                .limit(most)
                .toList();
    }
}
