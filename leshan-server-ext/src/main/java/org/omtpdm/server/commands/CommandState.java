package org.omtpdm.server.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The state of one command, in the words everybody uses (console, API, command line). */
public enum CommandState {
    /** Nothing that matters was sent yet. */
    WAITING("Waiting", true),
    /** It is being done, or was sent and its outcome is awaited. */
    WORKING("Working", true),
    DONE("Done", false),
    REFUSED("Refused by the device", false),
    /** Never answered, and nothing was changed. */
    NO_ANSWER("No answer", false),
    /** Sent, and the outcome can't be proved. */
    UNKNOWN("Unknown", false),
    CANCELLED("Cancelled", false),
    /** Its time was over before it was sent. */
    EXPIRED("Expired", false);

    private final String wire;
    private final boolean open;

    CommandState(String wire, boolean open) {
        this.wire = wire;
        this.open = open;
    }

    /** Whether more will happen. */
    public boolean isOpen() {
        return open;
    }

    /** Whether it ended without success and not by somebody's wish. */
    public boolean isFailure() {
        return this == REFUSED || this == NO_ANSWER || this == UNKNOWN || this == EXPIRED;
    }

    @JsonValue
    @Override
    public String toString() {
        return wire;
    }

    public static Optional<CommandState> find(String wire) {
        return Arrays.stream(values()).filter(state -> state.wire.equals(wire)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static CommandState of(String wire) {
        return find(wire)
                .orElseThrow(() -> new IllegalArgumentException("Not a command state: " + wire));
    }
}
