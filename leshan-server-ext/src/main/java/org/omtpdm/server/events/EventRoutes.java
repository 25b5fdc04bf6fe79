package org.omtpdm.server.events;

import static org.omtpdm.server.security.Permission.SEE;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.store.Page;

/** Past events, and live ones as server-sent events. */
public final class EventRoutes {

    /** The stream says at least every 15 s that it lives. */
    static final Duration PING = Duration.ofSeconds(10);

    static final int STREAMS_PER_CALLER = 20;

    private final EventStore store;
    private final Events events;
    private final DeviceNames names;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    public EventRoutes(EventStore store, Events events, DeviceNames names) {
        this.store = store;
        this.events = events;
        this.names = names;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.get("/api/v1/activity", SEE, this::activity);
        router.get("/api/v1/events", SEE, this::stream);
    }

    private Response activity(Request request) {
        var page =
                store.page(
                        request.caller().scope(),
                        request.query("device"),
                        request.queryInstant("since"),
                        request.page());
        return Response.ok(
                new Page<>(EventView.of(page.items(), names), page.total(), page.nextCursor()));
    }

    private Response stream(Request request) {
        var after = lastEventId(request);
        var caller = request.caller();
        if (open.getOrDefault(caller.name(), 0) >= STREAMS_PER_CALLER) {
            throw new ManagementException(
                    ErrorCode.OVERLOADED,
                    "You have " + STREAMS_PER_CALLER + " streams open already; close some");
        }
        var live = new LiveEvents(store, names, caller.scope(), request, PING);
        return Response.stream(
                        "text/event-stream",
                        out -> {
                            open.merge(caller.name(), 1, Integer::sum);
                            var subscription = events.subscribe(live::offer);
                            try {
                                live.write(out, after);
                            } finally {
                                subscription.close();
                                closed(caller.name());
                            }
                        })
                .withHeader("X-Accel-Buffering", "no");
    }

    private void closed(String caller) {
        open.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }

    private static OptionalLong lastEventId(Request request) {
        var header = request.header("Last-Event-ID").filter(value -> !value.isBlank());
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!header.get().matches("[0-9]{1,18}")) {
            throw new ManagementException(
                    ErrorCode.BAD_REQUEST,
                    "Last-Event-ID: expected the number of an event",
                    Map.of("header", "Last-Event-ID"));
        }
        return OptionalLong.of(Long.parseLong(header.get()));
    }
}
