package org.omtpdm.objects;

import java.util.Optional;

/** How firmware can reach a device (/5/0/9). */
public enum FirmwareDelivery implements WireCode {
    PULL(0, "the device fetches it"),
    PUSH(1, "the server writes it"),
    BOTH(2, "either way");

    private final int code;
    private final String words;

    FirmwareDelivery(int code, String words) {
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
    public static Optional<FirmwareDelivery> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
