package org.omtpdm.objects;

import java.util.Optional;

/** State of a security policy on the device (resource 7). */
public enum PolicyState implements WireCode {
    EMPTY(0, "empty"),
    VERIFYING(1, "being verified"),
    STAGED(2, "staged"),
    ACTIVE(3, "active"),
    SUSPENDED(4, "suspended"),
    EXPIRED(5, "expired"),
    REMOVING(6, "being removed");

    private final int code;
    private final String words;

    PolicyState(int code, String words) {
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
    public static Optional<PolicyState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
