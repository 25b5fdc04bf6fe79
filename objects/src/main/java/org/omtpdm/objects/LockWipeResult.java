package org.omtpdm.objects;

import java.util.Optional;

/** Outcome of the last lock or wipe (/8/0/5). */
public enum LockWipeResult implements WireCode {
    INITIAL(0, "nothing yet"),
    PARTIAL_LOCK_DONE(1, "partly locked"),
    FULL_LOCK_DONE(2, "locked"),
    UNLOCK_DONE(3, "unlocked"),
    WIPE_DONE(4, "wiped"),
    PARTIAL_LOCK_FAILED(5, "partial lock failed"),
    FULL_LOCK_FAILED(6, "full lock failed"),
    UNLOCK_FAILED(7, "unlock failed"),
    WIPE_FAILED(8, "wipe failed");

    private final int code;
    private final String words;

    LockWipeResult(int code, String words) {
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
    public static Optional<LockWipeResult> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
