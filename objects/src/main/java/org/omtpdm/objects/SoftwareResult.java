package org.omtpdm.objects;

import java.util.Optional;

/** Update Result of a software package (/9/x/9). */
public enum SoftwareResult implements WireCode {
    INITIAL(0, "nothing yet"),
    DOWNLOADING(1, "downloading"),
    INSTALLED(2, "installed"),
    VERIFIED(3, "downloaded and verified"),
    NOT_ENOUGH_STORAGE(50, "not enough storage"),
    OUT_OF_MEMORY(51, "out of memory"),
    CONNECTION_LOST(52, "connection lost while downloading"),
    INTEGRITY_FAILURE(53, "integrity check failed"),
    UNSUPPORTED_PACKAGE(54, "unsupported kind of package"),
    INVALID_URI(56, "invalid address"),
    DEVICE_DEFINED(57, "the device gives its own reason"),
    INSTALL_FAILED(58, "install failed"),
    UNINSTALL_FAILED(59, "uninstall failed");

    private final int code;
    private final String words;

    SoftwareResult(int code, String words) {
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
    public static Optional<SoftwareResult> forCode(long code) {
        return WireCode.find(values(), code);
    }

    /** Whether this is one of the failures. */
    public boolean isFailure() {
        return code >= 50;
    }
}
