package org.omtpdm.objects;

import java.util.Optional;

/** How a process is ended (argument 2 of Terminate). */
public enum TerminateMode implements WireCode {
    GRACEFUL(0, "ask, then force"),
    FORCED(1, "force");

    private final int code;
    private final String words;

    TerminateMode(int code, String words) {
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
    public static Optional<TerminateMode> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
