package org.omtpdm.server.reconcile;

import org.omtpdm.server.lwm2m.DeviceReply;

/** What devices say, made fit for people: devices' text is untrusted. */
public final class DeviceWords {

    private static final int MAXIMUM_CHARACTERS = 200;

    private DeviceWords() {}

    /**
     * One sentence for a refusal: the device's own words where it gave any, else what its code
     * means.
     */
    public static String of(DeviceReply.Refused<?> refused) {
        var words = clean(refused.diagnostic());
        return words.isEmpty() ? meaning(refused.coapCode()) : words;
    }

    /**
     * Text without control characters, line ends and changes of writing direction, at most 200
     * characters.
     */
    public static String clean(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .limit(MAXIMUM_CHARACTERS * 4L)
                .forEach(
                        c -> {
                            if (clean.length() < MAXIMUM_CHARACTERS) {
                                clean.appendCodePoint(isPlain(c) ? c : ' ');
                            }
                        });
        return clean.toString().strip().replaceAll(" {2,}", " ");
    }

    private static boolean isPlain(int c) {
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

    private static String meaning(String code) {
        return switch (code) {
            case "4.00" -> "it does not understand the request";
            case "4.01" -> "this server has no right to do it";
            case "4.04" -> "it does not have what was asked for";
            case "4.05" -> "it does not allow it now";
            case "4.06" -> "it cannot answer in a format we know";
            case "4.13" -> "the request is too large for it";
            case "4.15" -> "it does not know the format of the request";
            case "5.01" -> "it does not implement it";
            case "5.03" -> "it is too busy";
            default -> code.startsWith("5") ? "it failed" : "it said no";
        };
    }
}
