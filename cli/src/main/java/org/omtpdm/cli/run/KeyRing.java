package org.omtpdm.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;

/**
 * Pre-shared keys of simulated devices by endpoint, kept in a file of mode 600: the same at every
 * start.
 */
public final class KeyRing {

    private static final int KEY_BYTES = 16;

    private final Path file;

    public KeyRing(Path file) {
        this.file = file;
    }

    /** Keys in hexadecimal digits; made for endpoints that have none yet. */
    public synchronized Map<String, String> keysOf(Collection<String> endpoints) {
        try {
            Map<String, String> known = read();
            int before = known.size();
            SecureRandom random = new SecureRandom();
            for (String endpoint : endpoints) {
                known.computeIfAbsent(endpoint, unused -> key(random));
            }
            if (known.size() > before) {
                PrivateFile.replace(
                        file,
                        known.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                                .collect(Collectors.joining()));
            }
            return known;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Keys in " + file + ": " + e, e);
        }
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    keys.put(line.substring(blank + 1), line.substring(0, blank));
                }
            }
        }
        return keys;
    }

    private static String key(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
