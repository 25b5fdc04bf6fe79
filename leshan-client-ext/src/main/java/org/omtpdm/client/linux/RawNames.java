package org.omtpdm.client.linux;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.omtpdm.objects.Utf8;

/**
 * File names as bytes. On Linux a name is bytes, and Java reads them in the locale's encoding: in
 * the locale C a name in UTF-8 can't even be opened. URIs of paths carry the bytes themselves,
 * whatever the locale is, so names go that way where the locale isn't UTF-8 or the name isn't.
 */
final class RawNames {

    private static final boolean LOCALE_IS_UTF_8 =
            "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));

    private RawNames() {}

    /** The name, when its bytes are UTF-8. */
    static Optional<String> text(Path name) {
        String text = name.toString();
        if (LOCALE_IS_UTF_8 && text.indexOf('\uFFFD') < 0 || isPlain(text)) {
            return Optional.of(text);
        }
        String uri = Path.of("/").resolve(name).toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = uri.length() > 1 && uri.endsWith("/") ? uri.length() - 1 : uri.length();
        for (int i = 1; i < end; i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(uri, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return Utf8.decode(bytes.toByteArray());
    }

    /** The relative path of one segment. */
    static Path path(String name) {
        if (LOCALE_IS_UTF_8 || isPlain(name)) {
            return Path.of(name);
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
        }
        try {
            return Path.of(URI.create(uri.toString())).getFileName();
        } catch (IllegalArgumentException e) {
            throw new InvalidPathException(name, "can't be a file name");
        }
    }

    /** Printable ASCII is the same in every locale. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '?');
    }
}
