package org.omtpdm.objects;

import java.util.Optional;

/** How urgent a firmware update is (/5/0/11). */
public enum FirmwareSeverity implements WireCode {
    CRITICAL(0, "critical"),
    MANDATORY(1, "mandatory"),
    OPTIONAL(2, "optional");

    private final int code;
    private final String words;

    FirmwareSeverity(int code, String words) {
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
    public static Optional<FirmwareSeverity> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
