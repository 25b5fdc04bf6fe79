package org.omtpdm.server.lwm2m;

/** Makes what devices say fit for logs, notes and answers. */
final class Words {
    private Words() {}

    /** In single quotes, at most 60 characters, without control or formatting characters. */
    static String quoted(String untrusted) {
        return "'" + plain(untrusted, 60) + "'";
    }

    /** Shortened, and everything that isn't a visible character or a blank replaced. */
    static String plain(String untrusted, int atMost) {
        var out = new StringBuilder();
        untrusted
                .codePoints()
                .limit(atMost)
                .map(c -> isPlain(c) ? c : '\uFFFD')
                .forEach(out::appendCodePoint);
        return untrusted.codePointCount(0, untrusted.length()) > atMost
                ? out + "…"
                : out.toString();
    }

    static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
