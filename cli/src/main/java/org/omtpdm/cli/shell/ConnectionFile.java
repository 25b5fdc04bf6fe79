package org.omtpdm.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.omtpdm.cli.run.PrivateFile;

/**
 * A file of mode 600 with the address and token of a running demo, so that a second shell needs
 * neither. Written when the demo is ready, removed when it ends.
 */
public final class ConnectionFile {

    private final Path file;

    public ConnectionFile(Path file) {
        this.file = file;
    }

    /** The one in the folder a demo uses when none is named. */
    public static ConnectionFile ofDefaultDemo() {
        return new ConnectionFile(UserFolders.demo().resolve("connection"));
    }

    /** Empty when there is none, it is malformed, or others than its owner may read it. */
    public Optional<Connection> read() {
        try {
            var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!PosixFilePermissions.toString(permissions).endsWith("------")) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Connection(lines.get(0), Optional.of(lines.get(1))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    public void write(String url, String token) throws IOException {
        PrivateFile.replace(file, url + "\n" + token + "\n");
    }

    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
