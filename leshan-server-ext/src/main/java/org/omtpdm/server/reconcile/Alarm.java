package org.omtpdm.server.reconcile;

import java.time.Instant;

/** Wakes the lane at a time; the only waiting it does by the clock. */
public interface Alarm extends AutoCloseable {

    /** Runs the task once at or soon after the time, never within this call. */
    void at(Instant when, Runnable task);

    @Override
    void close();
}
