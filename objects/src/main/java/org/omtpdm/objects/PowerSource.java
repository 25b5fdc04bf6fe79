package org.omtpdm.objects;

import java.util.Optional;

/** Where power can come from (/3/0/6). */
public enum PowerSource implements WireCode {
    DC(0, "direct current"),
    INTERNAL_BATTERY(1, "internal battery"),
    EXTERNAL_BATTERY(2, "external battery"),
    FUEL_CELL(3, "fuel cell"),
    POWER_OVER_ETHERNET(4, "power over Ethernet"),
    USB(5, "USB"),
    AC_MAINS(6, "mains"),
    SOLAR(7, "solar");

    private final int code;
    private final String words;

    PowerSource(int code, String words) {
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
    public static Optional<PowerSource> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
