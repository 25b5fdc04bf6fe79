package org.omtpdm.server.reconcile;

import java.util.concurrent.CompletableFuture;

/** One next thing a planner wants done on one device. */
public interface PlannedStep {

    /**
     * Names the step and everything that makes it worth trying again, at most 200 characters: how
     * it ended and how often it was tried is remembered under this key. A step that may be tried
     * again after a new registration carries the registration's id in its key.
     */
    String key();

    /**
     * Does it, within the device's turn. It must be safe to repeat, since a crash in the middle
     * leaves no trace but what the device reports.
     */
    CompletableFuture<StepOutcome> run(Turn turn);
}
