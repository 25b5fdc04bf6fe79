package org.omtpdm.objects;

import java.util.Optional;

/** What is wrong with a device (/3/0/11). */
public enum DeviceError implements WireCode {
    NONE(0, "no error"),
    LOW_BATTERY(1, "low battery"),
    EXTERNAL_POWER_OFF(2, "external power is off"),
    GPS_FAILURE(3, "satellite positioning failed"),
    LOW_SIGNAL(4, "weak signal"),
    OUT_OF_MEMORY(5, "out of memory"),
    SMS_FAILURE(6, "SMS failed"),
    IP_FAILURE(7, "no IP connectivity"),
    PERIPHERAL_FAILURE(8, "a peripheral failed");

    private final int code;
    private final String words;

    DeviceError(int code, String words) {
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
    public static Optional<DeviceError> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
