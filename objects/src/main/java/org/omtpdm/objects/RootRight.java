package org.omtpdm.objects;

import java.util.Set;

/**
 * What the device allows below a root of the file system (Root Rights, resource 3); a set of them
 * is one number on the wire.
 */
public enum RootRight implements WireCode {
    LIST(1, "list"),
    READ(2, "read"),
    WRITE(4, "write"),
    DELETE(8, "delete");

    private final int bit;
    private final String words;

    RootRight(int bit, String words) {
        this.bit = bit;
        this.words = words;
    }

    @Override
    public int code() {
        return bit;
    }

    @Override
    public String words() {
        return words;
    }

    /** The set a number stands for; bits without a constant are left out. */
    public static Set<RootRight> ofBits(long bits) {
        return WireCode.ofBits(RootRight.class, bits);
    }

    /** The number of a set. */
    public static int bitsOf(Set<RootRight> set) {
        return WireCode.bitsOf(set);
    }
}
