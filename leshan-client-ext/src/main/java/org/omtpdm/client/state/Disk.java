package org.omtpdm.client.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The few steps by which state reaches the disk, so that tests can cut the power between any two of
 * them.
 */
interface Disk {

    /**
     * Writes a new file, readable by its owner only, and waits until its content is on the disk.
     */
    void writeAndSync(Path file, byte[] content) throws IOException;

    /** Appends to a file, which is created where needed, and waits until it is on the disk. */
    void appendAndSync(Path file, byte[] content) throws IOException;

    /** Puts a file in the place of another, at once. */
    void replace(Path from, Path to) throws IOException;

    /** Waits until the names in a folder are on the disk. */
    void syncFolder(Path folder) throws IOException;

    /** The machine's disk. */
    static Disk real() {
        return new Disk() {
            private final FileAttribute<?> ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));

            @Override
            public void writeAndSync(Path file, byte[] content) throws IOException {
                Files.deleteIfExists(file);
                write(
                        file,
                        content,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }

            @Override
            public void appendAndSync(Path file, byte[] content) throws IOException {
                write(file, content, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            }

            private void write(Path file, byte[] content, Set<StandardOpenOption> how)
                    throws IOException {
                try (FileChannel channel = FileChannel.open(file, how, ownerOnly)) {
                    ByteBuffer buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
            }

            @Override
            public void replace(Path from, Path to) throws IOException {
                Files.move(
                        from,
                        to,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }

            @Override
            public void syncFolder(Path folder) throws IOException {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        };
    }
}
