package org.omtpdm.objects;

import java.util.Optional;

/** Whether an installed application runs (/9/x/21, version 1.1). */
public enum SoftwareOperationalState implements WireCode {
    INITIAL(0, "not started yet"),
    RUNNING(1, "running"),
    SHUTTING_DOWN(2, "shutting down"),
    STOPPED(3, "stopped"),
    FAILED(4, "failed"),
    DEFUNCT(5, "defunct");

    private final int code;
    private final String words;

    SoftwareOperationalState(int code, String words) {
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
    public static Optional<SoftwareOperationalState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
