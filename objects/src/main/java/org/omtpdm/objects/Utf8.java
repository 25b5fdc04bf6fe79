package org.omtpdm.objects;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text and its bytes, without silent replacement. */
public final class Utf8 {

    private Utf8() {}

    /** The text of the bytes; empty when they aren't valid UTF-8. */
    public static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * How many bytes the text takes; empty when it holds half a surrogate pair and so has no UTF-8
     * form.
     */
    public static Optional<Integer> length(String text) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * The longest begin of the text that fits, cut between characters. Half surrogate pairs become
     * {@code ?}.
     *
     * @param maximumBytes 0 or more
     */
    public static String shorten(String text, int maximumBytes) {
        String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        int bytes = 0;
        int end = 0;
        while (end < clean.length()) {
            int character = clean.codePointAt(end);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > maximumBytes) {
                break;
            }
            end += Character.charCount(character);
        }
        return clean.substring(0, end);
    }

    /** Compares by Unicode code point, which is the order of the UTF-8 bytes. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Moves surrogates above all other characters, where the code points they stand for belong. */
    private static char rank(char c) {
        if (c < Character.MIN_SURROGATE) {
            return c;
        }
        return (char) (c <= Character.MAX_SURROGATE ? c + 0x2000 : c - 0x800);
    }
}
