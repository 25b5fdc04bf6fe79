package org.omtpdm.cli.demo;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.run.KeyRing;
import org.omtpdm.cli.run.Passwords;
import org.omtpdm.cli.run.PrivateFile;
import org.omtpdm.cli.shell.ConnectionFile;

/**
 * The one folder a demo keeps everything in, private to its user and taken by one demo at a time.
 * What a later start must know again (the password, the token, the keys of its devices) is in files
 * of mode 600.
 */
final class DemoFolder implements AutoCloseable {

    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";

    private final Path folder;
    private final FileChannel lock;
    private final Properties secrets;

    private DemoFolder(Path folder, FileChannel lock, Properties secrets) {
        this.folder = folder;
        this.lock = lock;
        this.secrets = secrets;
    }

    /**
     * @throws CommandFailure in use by another demo, or not usable
     */
    static DemoFolder take(Path wanted) {
        Path folder = wanted.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel lock = lock(folder);
            return new DemoFolder(folder, lock, readSecrets(folder.resolve("secrets")));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "Folder of the demo " + folder + ": " + e, e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // by ourselves, in this process: as taken as by another
        }
        if (taken == null) {
            channel.close();
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Another demo uses the folder "
                            + folder
                            + "; stop it, or name another folder with --data (and other ports, for example --http-port 0 --coap-port 0 --coaps-port 0)");
        }
        return channel;
    }

    private static Properties readSecrets(Path file) throws IOException {
        Properties secrets = new Properties();
        if (Files.exists(file)) {
            secrets.load(new StringReader(Files.readString(file)));
        }
        return secrets;
    }

    Path path() {
        return folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    ConnectionFile connectionFile() {
        return new ConnectionFile(folder.resolve("connection"));
    }

    /** Made at the first start, the same at every other. */
    synchronized String password() {
        String known = secrets.getProperty(PASSWORD);
        return known == null ? remember(PASSWORD, Passwords.random()) : known;
    }

    /** The admin's token of an earlier start. */
    synchronized Optional<String> token() {
        return Optional.ofNullable(secrets.getProperty(TOKEN));
    }

    synchronized void rememberToken(String token) {
        remember(TOKEN, token);
    }

    /** Keys of the demo's devices, the same at every start. */
    KeyRing keys() {
        return new KeyRing(folder.resolve("device-keys"));
    }

    /** A file with a device's key, for a process that must not show it on its command line. */
    Path writeKeyFile(String key) throws IOException {
        Path file = folder.resolve("agent-key");
        PrivateFile.replace(file, key + "\n");
        return file;
    }

    private String remember(String name, String value) {
        secrets.setProperty(name, value);
        Path file = folder.resolve("secrets");
        try {
            PrivateFile.replace(
                    file,
                    secrets.stringPropertyNames().stream()
                            .sorted()
                            .map(key -> key + "=" + secrets.getProperty(key) + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Write " + file + ": " + e, e);
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        connectionFile().remove();
        lock.close();
    }
}
