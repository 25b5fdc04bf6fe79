package org.omtpdm.client.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one folder an agent keeps everything in: {@code version}, {@code lock}, {@code state}, {@code
 * journal}, and what features add. It belongs to its owner alone (mode 0700), and to one running
 * agent at a time.
 */
public final class DataFolder implements AutoCloseable {

    /** Version of the folder's layout. */
    private static final int VERSION = 1;

    private final Path path;
    private final FileChannel lockChannel;
    private final StateFile state;
    private final Journal journal;

    private DataFolder(Path path, FileChannel lockChannel, StateFile state, Journal journal) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.state = state;
        this.journal = journal;
    }

    /**
     * Takes the folder, which is made where needed.
     *
     * @throws IOException when it can't be used: in use by another agent, damaged, made by a newer
     *     version, no right
     */
    public static DataFolder open(Path path) throws IOException {
        createPrivately(path);
        FileChannel lockChannel = lock(path);
        try {
            checkVersion(path);
            return new DataFolder(
                    path,
                    lockChannel,
                    StateFile.open(path.resolve("state")),
                    Journal.open(path.resolve("journal")));
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    public StateStore state() {
        return state;
    }

    public Journal journal() {
        return journal;
    }

    /**
     * Makes a folder, and those above it, that nobody else can look into; an existing one stays as
     * it is.
     */
    public static void createPrivately(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process: the same answer
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException("Use the data folder " + path + ": another agent is running on it");
    }

    private static void checkVersion(Path path) throws IOException {
        Path file = path.resolve("version");
        if (!Files.exists(file)) {
            Disk.real().writeAndSync(file, (VERSION + "\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
        String version = Files.readString(file).strip();
        // an empty file is what a power cut during the very first start leaves
        if (version.isEmpty()) {
            Disk.real().writeAndSync(file, (VERSION + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (!version.equals(Integer.toString(VERSION))) {
            throw new IOException(
                    "Use the data folder "
                            + path
                            + ": its version is '"
                            + version
                            + "', this agent knows "
                            + VERSION);
        }
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
