package org.omtpdm.objects;

import java.util.Optional;

/** State of the firmware update (/5/0/3). */
public enum FirmwareState implements WireCode {
    IDLE(0, "idle"),
    DOWNLOADING(1, "downloading"),
    DOWNLOADED(2, "downloaded"),
    UPDATING(3, "updating");

    private final int code;
    private final String words;

    FirmwareState(int code, String words) {
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
    public static Optional<FirmwareState> forCode(long code) {
        return WireCode.find(values(), code);
    }

    /** Whether Update (/5/0/2) is accepted in this state. */
    public boolean mayStartUpdate() {
        return this == DOWNLOADED;
    }
}
