package org.omtpdm.objects;

import java.util.Optional;

/** Encoding of an event log (/20/x/4015). Formats from 100 belong to makers. */
public enum LogDataFormat implements WireCode {
    NONE(0, "unspecified"),
    TLV(1, "TLV"),
    JSON(2, "JSON"),
    CBOR(3, "CBOR");

    private final int code;
    private final String words;

    LogDataFormat(int code, String words) {
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
    public static Optional<LogDataFormat> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
