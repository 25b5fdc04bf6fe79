package org.omtpdm.objects;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The first digits of a SHA-256, or all of them.
 *
 * @param hex 16 to 64 hexadecimal digits, lower case
 */
public record Sha256Prefix(String hex) {

    /** Digits of a whole digest. */
    public static final int WHOLE = 64;

    /** Digits of the prefix records carry ({@code hash8}). */
    public static final int SHORT = 16;

    public Sha256Prefix {
        hex = hex.toLowerCase(Locale.ROOT);
        if (hex.length() < SHORT
                || hex.length() > WHOLE
                || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "Not the begin of a SHA-256: expected 16 to 64 hexadecimal digits");
        }
    }

    /** The prefix these bytes spell, 8 to 32 of them. */
    public static Sha256Prefix of(byte[] bytes) {
        return new Sha256Prefix(HexFormat.of().formatHex(bytes));
    }

    /** Whether all 64 digits are there. */
    public boolean isWhole() {
        return hex.length() == WHOLE;
    }

    /** Whether a digest, or another prefix that is at least as long, begins with this one. */
    public boolean isStartOf(Sha256Prefix digest) {
        return digest.hex.startsWith(hex);
    }

    /** The first 16 digits. */
    public Sha256Prefix shortened() {
        return new Sha256Prefix(hex.substring(0, SHORT));
    }

    /** The bytes; only for an even number of digits. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
