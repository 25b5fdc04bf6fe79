package org.omtpdm.objects;

import java.util.Optional;

/** Lock state of a device (/8/0/0). */
public enum LockState implements WireCode {
    UNLOCKED(0, "unlocked"),
    PARTIALLY_LOCKED(1, "partly locked"),
    FULLY_LOCKED(2, "locked");

    private final int code;
    private final String words;

    LockState(int code, String words) {
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
    public static Optional<LockState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
