package org.omtpdm.objects;

import java.util.Set;

/** Facts about an event log (/20/x/4013); a set of them is one number on the wire. */
public enum LogStatus implements WireCode {
    STOPPED(1, "stopped"),
    DATA_VALID(2, "has data"),
    ERROR(4, "error"),
    INCREMENTAL(8, "sends incrementally");

    private final int bit;
    private final String words;

    LogStatus(int bit, String words) {
        this.bit = bit;
        this.words = words;
    }

    @Override
    public int code() {
        return bit;
    }

    @Override
    public String words() {
        return words;
    }

    /** The set a number stands for; bits without a constant are left out. */
    public static Set<LogStatus> ofBits(long bits) {
        return WireCode.ofBits(LogStatus.class, bits);
    }

    /** The number of a set. */
    public static int bitsOf(Set<LogStatus> set) {
        return WireCode.bitsOf(set);
    }
}
