package org.omtpdm.objects;

import java.util.Optional;

/** Update State of a software package (/9/x/7). */
public enum SoftwareState implements WireCode {
    INITIAL(0, "empty"),
    DOWNLOAD_STARTED(1, "downloading"),
    DOWNLOADED(2, "downloaded"),
    DELIVERED(3, "verified, ready to install"),
    INSTALLED(4, "installed");

    private final int code;
    private final String words;

    SoftwareState(int code, String words) {
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
    public static Optional<SoftwareState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
