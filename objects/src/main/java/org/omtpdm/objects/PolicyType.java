package org.omtpdm.objects;

import java.util.Optional;

/** What a security policy is about (resource 1). Types from 128 belong to makers. */
public enum PolicyType implements WireCode {
    TRUST(0, "trust"),
    APPLICATION(1, "applications"),
    CAPABILITY(2, "capabilities"),
    LOCK(3, "lock and sign-in"),
    NETWORK(4, "network"),
    UPDATE(5, "updates"),
    PROCESS(6, "processes"),
    DATA(7, "data"),
    MALWARE(8, "malware");

    private final int code;
    private final String words;

    PolicyType(int code, String words) {
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
    public static Optional<PolicyType> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
