package org.omtpdm.objects;

import java.util.Set;

/** Wishes of a List operation (argument 6); a set of them is one number on the wire. */
public enum ListFlag implements WireCode {
    HASH(1, "add the first 8 bytes of the SHA-256"),
    HIDDEN(2, "include hidden files or kernel threads"),
    DIRECTORIES_ONLY(4, "directories only"),
    SEND(8, "deliver the pages by Send"),
    COUNT_ONLY(16, "count only");

    private final int bit;
    private final String words;

    ListFlag(int bit, String words) {
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
    public static Set<ListFlag> ofBits(long bits) {
        return WireCode.ofBits(ListFlag.class, bits);
    }

    /** The number of a set. */
    public static int bitsOf(Set<ListFlag> set) {
        return WireCode.bitsOf(set);
    }
}
