package org.omtpdm.objects;

import java.util.Optional;

/** What a process is doing (element 4 of a process record). */
public enum ProcessState implements WireCode {
    RUNNING(0, "running"),
    SLEEPING(1, "sleeping"),
    STOPPED(2, "stopped"),
    ZOMBIE(3, "ended, not collected"),
    OTHER(4, "other");

    private final int code;
    private final String words;

    ProcessState(int code, String words) {
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
    public static Optional<ProcessState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
