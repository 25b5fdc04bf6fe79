package org.omtpdm.server.events;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Json;

/**
 * One client's stream of server-sent events.
 *
 * <p>It subscribes first, then sends from the database what the client has missed, then what comes
 * in, leaving out what was sent already: so no event is skipped and none comes twice. A client that
 * reads too slowly fills its queue; then the stream ends, and the client resumes where it was.
 *
 * @see "WHATWG HTML, server-sent events"
 */
final class LiveEvents {

    static final int QUEUE = 2_000;
    private static final int REPLAY_AT_ONCE = 500;
    private static final int RETRY_MILLIS = 2_000;

    private final EventStore store;
    private final DeviceNames names;
    private final DeviceScope scope;
    private final Request request;
    private final Duration pingEvery;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean overflowed;
    private long sent;

    LiveEvents(
            EventStore store,
            DeviceNames names,
            DeviceScope scope,
            Request request,
            Duration pingEvery) {
        this.store = store;
        this.names = names;
        this.scope = scope;
        this.request = request;
        this.pingEvery = pingEvery;
    }

    /** Takes an event that was committed; never waits. */
    void offer(Event event) {
        if (!queue.offer(event)) {
            overflowed = true;
        }
    }

    /**
     * Writes until the client goes, may no longer read, or is too slow.
     *
     * @param after number of the last event the client has; empty to begin now
     */
    void write(OutputStream out, OptionalLong after) throws IOException, InterruptedException {
        send(out, "retry: " + RETRY_MILLIS + "\n\n");
        resume(out, after);
        var asked = System.nanoTime();
        while (!overflowed) {
            var first = queue.poll(pingEvery.toMillis(), TimeUnit.MILLISECONDS);
            if (System.nanoTime() - asked >= pingEvery.toNanos()) {
                // also while events keep coming
                if (!request.isStillAllowed()) {
                    return;
                }
                asked = System.nanoTime();
            }
            if (first == null) {
                ping(out);
            } else {
                var batch = new ArrayList<Event>();
                batch.add(first);
                queue.drainTo(batch, REPLAY_AT_ONCE);
                events(out, batch);
            }
        }
    }

    private void resume(OutputStream out, OptionalLong after) throws IOException {
        var last = store.lastNumber();
        if (after.isEmpty()) {
            sent = last;
        } else if (after.getAsLong() > last || isForgotten(after.getAsLong(), last)) {
            sent = last;
            message(out, "reset", Map.of("number", last));
        } else {
            replay(out, after.getAsLong());
        }
        ping(out);
    }

    private boolean isForgotten(long after, long last) {
        return after < last && after + 1 < store.firstNumber();
    }

    private void replay(OutputStream out, long after) throws IOException {
        sent = after;
        for (var page = store.after(sent, REPLAY_AT_ONCE);
                !page.isEmpty();
                page = store.after(sent, REPLAY_AT_ONCE)) {
            events(out, page);
        }
    }

    private void events(OutputStream out, List<Event> batch) throws IOException {
        var fresh = batch.stream().filter(event -> event.number() > sent).toList();
        if (fresh.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        var visible = fresh.stream().filter(event -> EventStore.visible(event, scope)).toList();
        for (var view : EventView.of(visible, names)) {
            text.append("id: ").append(view.number()).append('\n');
            text.append("event: ").append(view.type()).append('\n');
            text.append("data: ").append(Json.write(view)).append("\n\n");
        }
        sent = fresh.get(fresh.size() - 1).number();
        send(out, text.toString());
    }

    private void ping(OutputStream out) throws IOException {
        message(out, "ping", Map.of("number", sent));
    }

    private void message(OutputStream out, String type, Object data) throws IOException {
        send(out, "id: " + sent + "\nevent: " + type + "\ndata: " + Json.write(data) + "\n\n");
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
