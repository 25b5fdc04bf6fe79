package org.omtpdm.objects;

import java.util.Optional;

/** Group a device capability belongs to (/15/x/1). */
public enum CapabilityGroup implements WireCode {
    SENSOR(0, "sensor"),
    CONTROL(1, "control"),
    CONNECTIVITY(2, "connectivity"),
    NAVIGATION(3, "navigation"),
    STORAGE(4, "storage"),
    VISION(5, "vision"),
    SOUND(6, "sound"),
    ANALOG_INPUT(7, "analog input"),
    ANALOG_OUTPUT(8, "analog output");

    private final int code;
    private final String words;

    CapabilityGroup(int code, String words) {
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
    public static Optional<CapabilityGroup> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
