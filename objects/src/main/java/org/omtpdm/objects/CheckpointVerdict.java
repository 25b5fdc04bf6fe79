package org.omtpdm.objects;

import java.util.Optional;

/** Whether the conditions of a Checkpoint hold (resource 10). */
public enum CheckpointVerdict implements WireCode {
    NOT_EVALUATED(0, "not evaluated"),
    PASS(1, "all met"),
    FAIL(2, "not met");

    private final int code;
    private final String words;

    CheckpointVerdict(int code, String words) {
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
    public static Optional<CheckpointVerdict> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
