package org.omtpdm.objects;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** An enumeration whose constants travel as numbers. */
public interface WireCode {

    /** The number on the wire. */
    int code();

    /** A few plain English words for people. */
    String words();

    /** The constant that has the code. */
    static <E extends WireCode> Optional<E> find(E[] constants, long code) {
        for (E constant : constants) {
            if (constant.code() == code) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** The constants whose bit is set; other bits are ignored. */
    static <E extends Enum<E> & WireCode> Set<E> ofBits(Class<E> type, long bits) {
        EnumSet<E> set = EnumSet.allOf(type);
        set.removeIf(constant -> (bits & constant.code()) == 0);
        return Collections.unmodifiableSet(set);
    }

    /** The sum of the constants' bits. */
    static int bitsOf(Set<? extends WireCode> set) {
        int bits = 0;
        for (WireCode constant : set) {
            bits |= constant.code();
        }
        return bits;
    }
}
