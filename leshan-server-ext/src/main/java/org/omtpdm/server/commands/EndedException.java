package org.omtpdm.server.commands;

/**
 * Ends a performance from the middle of its steps: the lane takes the outcome as if the performer
 * had returned it.
 */
public final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public EndedException(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
