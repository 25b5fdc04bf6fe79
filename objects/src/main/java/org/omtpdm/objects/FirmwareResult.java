package org.omtpdm.objects;

import java.util.Optional;

/** Outcome of the last download or update of firmware (/5/0/5). */
public enum FirmwareResult implements WireCode {
    INITIAL(0, "nothing yet"),
    SUCCESS(1, "updated"),
    NOT_ENOUGH_FLASH(2, "not enough storage"),
    OUT_OF_MEMORY(3, "out of memory"),
    CONNECTION_LOST(4, "connection lost while downloading"),
    INTEGRITY_FAILURE(5, "integrity check failed"),
    UNSUPPORTED_PACKAGE(6, "unsupported kind of package"),
    INVALID_URI(7, "invalid address"),
    UPDATE_FAILED(8, "update failed"),
    UNSUPPORTED_PROTOCOL(9, "unsupported protocol"),
    CANCELLED(10, "cancelled"),
    DEFERRED(11, "deferred");

    private final int code;
    private final String words;

    FirmwareResult(int code, String words) {
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
    public static Optional<FirmwareResult> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
