package org.omtpdm.server.reconcile;

import java.util.List;

/**
 * Compares what is desired of a device with what it reported. A pure function of the database (and
 * of the registration): after losing its memory it plans the same.
 */
public interface Planner {

    /** Short and lasting, at most 30 characters: attempts are remembered under it. */
    String name();

    Rank rank();

    /**
     * All steps that are wanted now, the first one first; empty when everything is as desired.
     * Called on lane threads, for devices that are reachable, after each contact, each {@link
     * Lane#wake} and each step. The lane leaves out steps that were refused or are waiting to be
     * tried again, and runs the first of the rest.
     */
    List<PlannedStep> plan(ManagedDevice device);
}
