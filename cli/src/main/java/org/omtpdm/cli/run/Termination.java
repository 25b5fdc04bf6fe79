package org.omtpdm.cli.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a command that runs until it is told to stop. On SIGTERM or Ctrl-C everything given to
 * {@link #closeAtEnd} is closed, the last one first, and the process ends with code 0. Thread-safe.
 */
public final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean ending;
    private volatile boolean failed;

    public Termination() {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    closeParts();
                                    if (!failed) {
                                        Runtime.getRuntime().halt(0);
                                    }
                                },
                                "stop"));
    }

    /** Closes it when the process ends; at once when it ends already. */
    public <T extends AutoCloseable> T closeAtEnd(T part) {
        synchronized (parts) {
            if (!ending) {
                parts.push(part);
                return part;
            }
        }
        close(part);
        return part;
    }

    /** Waits until the process is told to stop, by a signal or by {@link #stop}. */
    public void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it from inside, as a signal would. */
    public void stop() {
        over.countDown();
    }

    /** Closes everything and leaves the exit code to whoever reports the failure. */
    public void fail() {
        failed = true;
        closeParts();
    }

    /** Whether the process is ending. */
    public boolean isEnding() {
        synchronized (parts) {
            return ending;
        }
    }

    private void closeParts() {
        Deque<AutoCloseable> toClose;
        synchronized (parts) {
            ending = true;
            toClose = new ArrayDeque<>(parts);
            parts.clear();
        }
        toClose.forEach(Termination::close);
        over.countDown();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("Stopping {}: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
