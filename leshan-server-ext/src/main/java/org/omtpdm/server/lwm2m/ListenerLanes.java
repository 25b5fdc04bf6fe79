package org.omtpdm.server.lwm2m;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the {@link DeviceListener}: in order per endpoint, on a few threads of its own, never on a
 * thread that receives. Thread-safe.
 */
final class ListenerLanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerLanes.class);

    private final ThreadPoolExecutor[] lanes;
    private final int bound;

    /**
     * @param bound calls that may wait per lane before {@link #isFull} says so
     */
    ListenerLanes(int count, int bound) {
        this.bound = bound;
        lanes = new ThreadPoolExecutor[count];
        for (int i = 0; i < count; i++) {
            var name = "lwm2m-events-" + i;
            lanes[i] =
                    new ThreadPoolExecutor(
                            1,
                            1,
                            0,
                            TimeUnit.SECONDS,
                            new LinkedBlockingQueue<>(),
                            task -> {
                                var thread = new Thread(task, name);
                                thread.setDaemon(true);
                                return thread;
                            });
        }
    }

    private ThreadPoolExecutor lane(String endpoint) {
        return lanes[Math.floorMod(endpoint.hashCode(), lanes.length)];
    }

    /** True when nothing that can wait or be refused should be added. */
    boolean isFull(String endpoint) {
        return lane(endpoint).getQueue().size() >= bound;
    }

    /** Never refused while open: whoever may be refused asks {@link #isFull} first. */
    void run(String endpoint, Runnable call) {
        try {
            lane(endpoint).execute(() -> guarded(endpoint, call));
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOG.debug("An event of {} came after the stop", endpoint);
        }
    }

    private static void guarded(String endpoint, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed on an event of endpoint {}", endpoint, e);
        }
    }

    /** Lets what waits finish, for at most five seconds. */
    @Override
    public void close() {
        for (var lane : lanes) {
            lane.shutdown();
        }
        for (ExecutorService lane : lanes) {
            try {
                if (!lane.awaitTermination(5, TimeUnit.SECONDS)) {
                    lane.shutdownNow();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
