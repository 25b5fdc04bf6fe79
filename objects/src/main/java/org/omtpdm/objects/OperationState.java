package org.omtpdm.objects;

import java.util.Optional;

/** State of the operation an object runs (Operation State, resource 30). */
public enum OperationState implements WireCode {
    IDLE(0, "nothing has run yet"),
    RUNNING(1, "running"),
    SUCCEEDED(2, "done"),
    FAILED(3, "failed"),
    CANCELLED(4, "cancelled");

    private final int code;
    private final String words;

    OperationState(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }

    /** The constant of a code; empty when the code has none here. */
    public static Optional<OperationState> forCode(long code) {
        return WireCode.find(values(), code);
    }

    /** Whether the operation is over; a further Execute is then accepted. */
    public boolean isOver() {
        return this != IDLE && this != RUNNING;
    }
}
