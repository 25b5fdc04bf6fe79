package org.omtpdm.objects;

import java.util.Optional;

/** What a malware scan looks at (argument 0 of Scan). */
public enum ScanScope implements WireCode {
    QUICK(0, "quick"),
    FULL(1, "full"),
    PATH(2, "one path");

    private final int code;
    private final String words;

    ScanScope(int code, String words) {
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
    public static Optional<ScanScope> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
