package org.omtpdm.objects;

import java.util.Set;

/**
 * What a server may do with an object instance (/2/x/2), LwM2M Core 1.1.1 §E.3; a set of them is
 * one number on the wire.
 */
public enum AccessRight implements WireCode {
    READ(1, "read, observe, write attributes"),
    WRITE(2, "write"),
    EXECUTE(4, "execute"),
    DELETE(8, "delete"),
    CREATE(16, "create");

    private final int bit;
    private final String words;

    AccessRight(int bit, String words) {
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
    public static Set<AccessRight> ofBits(long bits) {
        return WireCode.ofBits(AccessRight.class, bits);
    }

    /** The number of a set. */
    public static int bitsOf(Set<AccessRight> set) {
        return WireCode.bitsOf(set);
    }
}
