package org.omtpdm.client.lwm2m;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads one device has, or many virtual ones share. All are daemons.
 *
 * @param protocol handles messages and timers; what runs here doesn't wait, but for an answer that
 *     is nearly ready
 * @param work runs effects and listings, which may wait
 */
public record DeviceThreads(ScheduledExecutorService protocol, ThreadPoolExecutor workers)
        implements AutoCloseable {

    private static final int IDLE_SECONDS = 5;
    private static final long LAST_MILLIS = 1000;

    /**
     * @param protocolThreads 1 or more
     * @param mostWorkers so many effects run at once; more are refused
     */
    public static DeviceThreads create(String name, int protocolThreads, int mostWorkers) {
        ScheduledThreadPoolExecutor protocol =
                new ScheduledThreadPoolExecutor(protocolThreads, factory(name + "-protocol-"));
        protocol.setRemoveOnCancelPolicy(true);
        protocol.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        0,
                        mostWorkers,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        factory(name + "-work-"));
        return new DeviceThreads(protocol, workers);
    }

    private static ThreadFactory factory(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs effects and listings. */
    public Executor work() {
        return workers;
    }

    /**
     * Lets what is running end for a moment, so that nothing is cut off in the middle of writing;
     * then stops it.
     */
    @Override
    public void close() {
        protocol.shutdown();
        workers.shutdown();
        try {
            protocol.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS);
            workers.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        protocol.shutdownNow();
        workers.shutdownNow();
    }
}
