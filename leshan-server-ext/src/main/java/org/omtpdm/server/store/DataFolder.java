package org.omtpdm.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds everything a server keeps. One process at a time: it is locked until {@link
 * #close}. It carries the version of its layout, and a newer one is refused.
 */
public final class DataFolder implements AutoCloseable {

    /** The layout this version writes. */
    public static final int FORMAT = 1;

    private static final String FORMAT_FILE = "format";
    private static final String LOCK_FILE = "lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made if it doesn't exist.
     *
     * @throws DatabaseException when another process uses it, when a newer version wrote it, or
     *     when it can't be written
     */
    public static DataFolder open(Path path) {
        var folder = path.toAbsolutePath().normalize();
        try {
            createPrivately(folder);
            var lock = lock(folder);
            try {
                checkFormat(folder);
                return new DataFolder(folder, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DatabaseException("The data folder " + folder + " can't be used: " + e, e);
        }
    }

    private static void createPrivately(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (isPosix(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var file = folder.resolve(LOCK_FILE);
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(folder, channel);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, channel);
        }
        var pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return channel;
    }

    private static DatabaseException inUse(Path folder, FileChannel channel) throws IOException {
        var content = ByteBuffer.allocate(20);
        try (channel) {
            channel.read(content, 0);
        }
        var pid =
                new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII)
                        .strip();
        return new DatabaseException(
                "The data folder "
                        + folder
                        + " is in use by process "
                        + (pid.matches("[0-9]+") ? pid : "(unknown)")
                        + "; stop that, or choose another folder");
    }

    private static void checkFormat(Path folder) throws IOException {
        var file = folder.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        var format = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (format > FORMAT) {
            throw new DatabaseException(
                    "The data folder "
                            + folder
                            + " was written by a newer version (format "
                            + format
                            + ", this version knows "
                            + FORMAT
                            + "); use that version, or a backup copy");
        }
        if (format < 1) {
            throw new DatabaseException(
                    "The data folder " + folder + " has no readable format version in " + file);
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The folder itself, absolute. */
    public Path path() {
        return path;
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new DatabaseException("Could not give back the data folder " + path, e);
        }
    }
}
