package org.omtpdm.objects.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.omtpdm.objects.Utf8;

/**
 * Text of any kind inside the few characters an argument may have: UTF-8, percent-encoded where
 * needed.
 */
final class PercentCoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    static String encode(String text) {
        if (Utf8.length(text).isEmpty()) {
            throw new IllegalArgumentException("Half a surrogate pair has no UTF-8 form");
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c != '%' && ExecuteArguments.isCharacter(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    static String decode(String label, String encoded) throws BadArgumentsException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                octets.write(c);
                continue;
            }
            if (i + 2 >= encoded.length()
                    || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                    || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                throw new BadArgumentsException(
                        label + ": % is not followed by two hexadecimal digits");
            }
            octets.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
            i += 2;
        }
        return Utf8.decode(octets.toByteArray())
                .orElseThrow(() -> new BadArgumentsException(label + ": not valid UTF-8"));
    }
}
