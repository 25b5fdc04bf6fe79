package org.omtpdm.server.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * One task's part of a write transaction. Confined to the writer thread, and valid only while the
 * task runs.
 */
public interface Tx {

    /** For statements; never commit, roll back or close it. */
    Handle handle();

    /** The time of this task, in whole milliseconds. */
    Instant now();

    /**
     * Runs {@code update} as soon as the transaction is durable, on the writer thread, before
     * {@link Database#write} returns to its caller. For memory that mirrors the database: quick,
     * without reading, writing or waiting. Dropped when the task or the commit fails.
     */
    void onCommit(Runnable update);

    /**
     * Runs {@code effect} after the transaction is durable, on the one thread that does so, in the
     * order of registration and of tasks. Dropped when the task or the commit fails. It may read
     * and write, and must not wait for anything else.
     */
    void afterCommit(Runnable effect);
}
