package org.omtpdm.objects;

import java.util.Optional;

/** What a policy does about a violation (resource 13). */
public enum EnforcementMode implements WireCode {
    NONE(0, "none"),
    AUDIT(1, "report only"),
    ENFORCE(2, "enforce");

    private final int code;
    private final String words;

    EnforcementMode(int code, String words) {
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
    public static Optional<EnforcementMode> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
