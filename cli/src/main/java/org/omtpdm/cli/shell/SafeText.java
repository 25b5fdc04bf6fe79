package org.omtpdm.cli.shell;

/**
 * Text from devices and servers, made harmless for a terminal: control characters, marks that
 * change the direction of writing and invisible characters are shown as {@code \\u{202e}}. Line
 * breaks count as control characters.
 */
public final class SafeText {

    private SafeText() {}

    /** The text on one line, nothing in it that a terminal would obey. */
    public static String of(String text) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isHarmful(point)) {
                if (safe == null) {
                    safe = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                safe.append("\\u{").append(Integer.toHexString(point)).append('}');
            } else if (safe != null) {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe == null ? text : safe.toString();
    }

    /** As {@link #of}, and the middle left out where the text is longer than {@code columns}. */
    public static String of(String text, int columns) {
        String safe = of(text);
        int length = safe.codePointCount(0, safe.length());
        if (length <= columns) {
            return safe;
        }
        int head = columns / 2;
        int tail = columns - 1 - head;
        return safe.substring(0, safe.offsetByCodePoints(0, head))
                + "…"
                + safe.substring(safe.offsetByCodePoints(safe.length(), -tail));
    }

    /** Whether a code point must not reach a terminal as it is. */
    static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
