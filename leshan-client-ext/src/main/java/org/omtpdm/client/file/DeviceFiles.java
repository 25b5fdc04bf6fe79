package org.omtpdm.client.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.file.DevicePath;

/**
 * The device's files below its roots, as the agent needs them. No operation ever leaves a root or
 * goes through a link, whatever happens to the files meanwhile. Rights are the caller's affair.
 * Thread-safe.
 *
 * <p>Each method throws {@link FileProblem} for what a server should be told, with these results:
 * the root or name isn't there (20), a link on the way (30), something on the way isn't a directory
 * (31), the last isn't a file where one is needed (32), the system's own permissions (33, 34), and
 * I/O errors (38).
 */
public interface DeviceFiles {

    /**
     * Room below a root.
     *
     * @param free bytes
     * @param total bytes
     */
    record Space(long free, long total) {}

    /** The roots; a root's number is its place in the list. Never changes. */
    List<FileRoot> roots();

    Space space(int root) throws FileProblem;

    /**
     * Some names in a directory, in the order of their bytes: those that come after a name, and not
     * more than that many. Names that can't be written as UTF-8 are left out.
     *
     * @param after only names that come later; empty means from the first
     * @param most 1 or more; no more than so many are held in memory
     */
    List<FoundFile> children(DevicePath directory, Optional<String> after, int most)
            throws FileProblem;

    /** What a path names, which may be a link. */
    FoundFile stat(DevicePath path) throws FileProblem;

    /**
     * A part of a file.
     *
     * @param length bytes; fewer come back at the end of the file
     */
    byte[] read(DevicePath file, long offset, int length) throws FileProblem;

    /**
     * SHA-256 of a file's content, known from before as long as file, size and time are the same.
     */
    Sha256Prefix digest(DevicePath file, Stop stop) throws FileProblem;

    /** The digest, if it is known without reading the file. */
    Optional<Sha256Prefix> knownDigest(DevicePath file, FoundFile found);

    /**
     * Removes a file, link or directory; a link itself, never what it points to. A directory must
     * be empty (35).
     *
     * @param expected when given, nothing is removed unless what is there is still this (21)
     */
    void delete(DevicePath path, Optional<FoundFile> expected) throws FileProblem;

    /** Says whether long work should stop. */
    @FunctionalInterface
    interface Stop {
        /** Never stop. */
        Stop NEVER = () -> false;

        boolean isAsked();
    }

    /** Turns what a disk says into what a server is told. */
    static FileProblem ioError(IOException e) {
        return new FileProblem(
                org.omtpdm.objects.OperationResult.IO_ERROR,
                "I/O error: " + e.getClass().getSimpleName());
    }
}
