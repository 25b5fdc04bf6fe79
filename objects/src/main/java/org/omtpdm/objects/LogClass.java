package org.omtpdm.objects;

import java.util.Optional;

/** What an event log records (/20/x/4010). Classes 100 to 255 belong to makers. */
public enum LogClass implements WireCode {
    GENERIC(0, "generic"),
    SYSTEM(1, "system"),
    SECURITY(2, "security"),
    EVENT(3, "event"),
    TRACE(4, "trace"),
    PANIC(5, "panic"),
    CHARGING(6, "charging");

    private final int code;
    private final String words;

    LogClass(int code, String words) {
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
    public static Optional<LogClass> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
