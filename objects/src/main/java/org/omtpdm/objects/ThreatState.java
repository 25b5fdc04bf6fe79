package org.omtpdm.objects;

import java.util.Optional;

/** What became of a detected threat (element 8 of a threat record). */
public enum ThreatState implements WireCode {
    FOUND(0, "found"),
    QUARANTINED(1, "quarantined"),
    ERASED(2, "erased"),
    RESTORED(3, "restored"),
    GONE(4, "gone");

    private final int code;
    private final String words;

    ThreatState(int code, String words) {
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
    public static Optional<ThreatState> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
