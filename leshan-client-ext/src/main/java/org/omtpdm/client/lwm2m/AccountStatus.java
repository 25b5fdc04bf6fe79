package org.omtpdm.client.lwm2m;

import java.time.Instant;
import java.util.Optional;

/**
 * How an account stands with its server, for people to see.
 *
 * @param reason why it isn't registered, in the server's words where it said something; empty when
 *     all is well
 * @param nextAttempt when the device tries again by itself
 */
public record AccountStatus(State state, String reason, Optional<Instant> nextAttempt) {

    /** Where it stands. */
    public enum State {
        /** Not started yet, or stopped. */
        STOPPED,
        /** A registration is on its way. */
        REGISTERING,
        REGISTERED,
        /** The server said no. */
        REFUSED,
        /** The server doesn't answer. */
        SILENT,
        /** The server asked the device to stay away for a time. */
        DISABLED
    }

    static AccountStatus of(State state) {
        return new AccountStatus(state, "", Optional.empty());
    }

    /** Not started, or stopped. */
    public static AccountStatus stopped() {
        return of(State.STOPPED);
    }

    public boolean isRegistered() {
        return state == State.REGISTERED;
    }
}
