package org.omtpdm.server.commands;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks when the test says so, on the test's thread. */
final class ManualExecutor extends AbstractExecutorService {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean shutdown;

    @Override
    public synchronized void execute(Runnable task) {
        if (!shutdown) {
            tasks.add(task);
        }
    }

    private synchronized Runnable poll() {
        return tasks.poll();
    }

    /** Runs one task; false when there is none. */
    boolean runOne() {
        var task = poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    void runAll() {
        while (runOne()) {
            // until nothing is left
        }
    }

    synchronized void drop() {
        tasks.clear();
        shutdown = true;
    }

    @Override
    public void shutdown() {
        drop();
    }

    @Override
    public List<Runnable> shutdownNow() {
        drop();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
