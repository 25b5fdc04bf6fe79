package org.omtpdm.objects;

import java.util.Optional;

/** What is done with a detected threat (argument 2 of Scan, Default Action). */
public enum ThreatAction implements WireCode {
    REPORT(0, "report"),
    QUARANTINE(1, "quarantine"),
    DELETE(2, "delete");

    private final int code;
    private final String words;

    ThreatAction(int code, String words) {
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
    public static Optional<ThreatAction> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
