package org.omtpdm.objects;

import java.util.Optional;

/** Order of a process list (argument 7 of List of Process Management). */
public enum ProcessSort implements WireCode {
    PID(0, "process id"),
    CPU(1, "CPU, highest first"),
    MEMORY(2, "memory, highest first");

    private final int code;
    private final String words;

    ProcessSort(int code, String words) {
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
    public static Optional<ProcessSort> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
