package org.omtpdm.objects;

import java.util.Optional;

/** State of the internal battery (/3/0/20). */
public enum BatteryStatus implements WireCode {
    NORMAL(0, "on battery"),
    CHARGING(1, "charging"),
    CHARGE_COMPLETE(2, "charged"),
    DAMAGED(3, "damaged"),
    LOW(4, "low"),
    NOT_INSTALLED(5, "no battery"),
    UNKNOWN(6, "unknown");

    private final int code;
    private final String words;

    BatteryStatus(int code, String words) {
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
    public static Optional<BatteryStatus> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
