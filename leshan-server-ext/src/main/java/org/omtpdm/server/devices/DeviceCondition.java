package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.omtpdm.server.security.DeviceScope;

/**
 * A WHERE clause over {@code devices d}, with its values: what a filter and the caller's scope
 * leave.
 */
final class DeviceCondition {

    private static final int MOST_WORDS = 10;

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> bindings = new HashMap<>();

    private DeviceCondition() {}

    static DeviceCondition of(DeviceFilter filter, DeviceScope scope, Instant now) {
        var condition = new DeviceCondition();
        condition.scope(scope);
        condition.filter(filter, now);
        return condition;
    }

    private void scope(DeviceScope scope) {
        conditions.add("(" + scope.sql("d") + ")");
        bindings.putAll(scope.bindings());
    }

    private void filter(DeviceFilter filter, Instant now) {
        filter.q().ifPresent(this::words);
        filter.endpoint().ifPresent(value -> equal("endpoint", value));
        filter.firmware().ifPresent(value -> equal("firmware", value));
        filter.model().ifPresent(value -> equal("model", value));
        filter.manufacturer().ifPresent(value -> equal("manufacturer", value));
        filter.attention()
                .ifPresent(open -> conditions.add("d.open_attention " + (open ? "> 0" : "= 0")));
        filter.heardBefore().ifPresent(this::heardBefore);
        filter.heardSince().ifPresent(time -> and("d.last_heard_at >= :since", "since", time));
        if (!filter.state().isEmpty()) {
            states(filter.state(), now);
        }
    }

    private void words(String text) {
        var words = PlainText.folded(text).strip().split("\\s+");
        for (int i = 0; i < Math.min(words.length, MOST_WORDS); i++) {
            if (!words[i].isEmpty()) {
                and("d.search LIKE :word" + i + " ESCAPE '!'", "word" + i, pattern(words[i]));
            }
        }
    }

    /** The word anywhere, with its own wildcards taken as they are. */
    private static String pattern(String word) {
        return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private void equal(String column, String value) {
        and("d." + column + " = :" + column, column, value);
    }

    private void heardBefore(Instant time) {
        conditions.add("d.last_heard_at > 0");
        and("d.last_heard_at < :before", "before", time);
    }

    private void states(List<DeviceState> states, Instant now) {
        var positions =
                states.stream()
                        .map(state -> Integer.toString(state.ordinal()))
                        .collect(Collectors.joining(", "));
        and(PresenceSql.state("d") + " IN (" + positions + ")", "now", now);
    }

    /** One more condition with one value; a value may be given again under the same name. */
    DeviceCondition and(String sql, String name, Object value) {
        conditions.add(sql);
        bindings.put(name, value);
        return this;
    }

    /** A value that the statement uses outside the condition. */
    DeviceCondition with(String name, Object value) {
        bindings.put(name, value);
        return this;
    }

    String sql() {
        return String.join("\n AND ", conditions);
    }

    Map<String, Object> bindings() {
        return bindings;
    }
}
