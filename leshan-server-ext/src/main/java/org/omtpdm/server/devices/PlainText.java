package org.omtpdm.server.devices;

import java.util.Locale;

/** Makes text that came from a device fit for lists, logs and the database. */
public final class PlainText {

    /** More than this of one text isn't shown in lists. */
    public static final int LONGEST = 300;

    private PlainText() {}

    /**
     * The text without control characters, line ends, lone surrogates and characters that change
     * the direction of writing; each becomes U+FFFD. At most {@link #LONGEST} characters.
     */
    public static String of(String untrusted) {
        return of(untrusted, LONGEST);
    }

    /** As {@link #of(String)} with another limit, counted in code points. */
    public static String of(String untrusted, int longest) {
        var plain = new StringBuilder();
        untrusted
                .codePoints()
                .limit(longest)
                .forEach(c -> plain.appendCodePoint(isPlain(c) ? c : 0xFFFD));
        return plain.toString().strip();
    }

    /** Whether {@link #of} would leave every character as it is. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(PlainText::isPlain);
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** For comparing without regard to case. */
    public static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
