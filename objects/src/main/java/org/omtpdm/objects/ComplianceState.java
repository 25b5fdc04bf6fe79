package org.omtpdm.objects;

import java.util.Optional;

/** Whether the device complies with a policy (resource 14). */
public enum ComplianceState implements WireCode {
    NOT_EVALUATED(0, "not evaluated"),
    COMPLIANT(1, "compliant"),
    NON_COMPLIANT(2, "not compliant"),
    REMEDIATING(3, "being mended");

    private final int code;
    private final String words;

    ComplianceState(int code, String words) {
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
    public static Optional<ComplianceState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
