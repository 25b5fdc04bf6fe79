package org.omtpdm.cli.run;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Passwords for first starts. */
public final class Passwords {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** Sixteen characters that can't be mistaken for each other, 80 bits. */
    public static String random() {
        return RANDOM.ints(16, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
