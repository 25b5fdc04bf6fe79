package org.omtpdm.cli.demo;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.run.Passwords;
import org.omtpdm.cli.shell.ConnectionFile;

/**
 * The one folder a demo keeps everything in, private to its user and taken by one demo at a time.
 * What a later start must know again (the password, the token, the keys of its devices) is in
 * {@code secrets}, mode 600.
 */
final class DemoFolder implements AutoCloseable {

    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";

    private final Path folder;
    private final FileChannel lock;
    private final Properties secrets;
    private final SecureRandom random = new SecureRandom();

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

    Path resolve(String name) {
        return folder.resolve(name);
    }

    ConnectionFile connectionFile() {
        return new ConnectionFile(folder.resolve("connection"));
    }

    /** Made at the first start, the same at every other. */
    String password() {
        return remembered(PASSWORD, Passwords::random);
    }

    /** The key of a device in hexadecimal digits; made when the device is first seen here. */
    String keyOf(String endpoint) {
        return remembered(
                "key." + endpoint,
                () -> {
                    byte[] key = new byte[16];
                    random.nextBytes(key);
                    return java.util.HexFormat.of().formatHex(key);
                });
    }

    /** The admin's token of an earlier start. */
    synchronized Optional<String> token() {
        return Optional.ofNullable(secrets.getProperty(TOKEN));
    }

    synchronized void rememberToken(String token) {
        secrets.setProperty(TOKEN, token);
        write();
    }

    /**
     * A file of mode 600 with a device's key, for a process that must not show it on its command
     * line.
     */
    Path writeKeyFile(String endpoint) throws IOException {
        Path file = folder.resolve("agent-key");
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, keyOf(endpoint) + "\n");
    }

    private synchronized String remembered(String name, java.util.function.Supplier<String> maker) {
        String known = secrets.getProperty(name);
        if (known != null) {
            return known;
        }
        String made = maker.get();
        secrets.setProperty(name, made);
        write();
        return made;
    }

    private void write() {
        Path next = folder.resolve("secrets.new");
        try {
            Files.deleteIfExists(next);
            Files.createFile(
                    next,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            String text =
                    secrets.stringPropertyNames().stream()
                            .sorted()
                            .map(name -> name + "=" + secrets.getProperty(name) + "\n")
                            .collect(Collectors.joining());
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
                channel.force(true);
            }
            Files.move(
                    next,
                    folder.resolve("secrets"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "Write " + folder.resolve("secrets") + ": " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        connectionFile().remove();
        lock.close();
    }
}
