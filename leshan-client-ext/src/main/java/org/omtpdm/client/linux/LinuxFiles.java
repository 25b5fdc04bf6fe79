package org.omtpdm.client.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.file.FoundFile;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.file.DevicePath;

/**
 * Real files. Every path is walked from its root one segment after the other, each opened relative
 * to the open directory before it and never through a link ({@code openat} with {@code
 * O_NOFOLLOW}), so that a name that is swapped for a link between two steps leads nowhere. Only
 * regular files and directories are ever opened.
 */
public final class LinuxFiles implements DeviceFiles {

    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final List<FileRoot> roots;
    private final DigestCache digests;
    private final Set<Object> hidden;

    /** What is done inside an open directory. */
    @FunctionalInterface
    private interface Inside<T> {
        T run(SecureDirectoryStream<Path> directory) throws IOException, FileProblem;
    }

    /**
     * @param hiddenFolders folders that aren't shown although they lie below a root: the agent's
     *     own
     */
    public LinuxFiles(List<FileRoot> roots, DigestCache digests, List<Path> hiddenFolders)
            throws IOException {
        this.roots = List.copyOf(roots);
        this.digests = digests;
        Set<Object> keys = new HashSet<>();
        for (Path folder : hiddenFolders) {
            keys.add(Files.readAttributes(folder, PosixFileAttributes.class).fileKey());
        }
        this.hidden = keys;
    }

    @Override
    public List<FileRoot> roots() {
        return roots;
    }

    @Override
    public Space space(int root) throws FileProblem {
        try {
            FileStore store = Files.getFileStore(root(root).folder());
            return new Space(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            throw problem(e, OperationResult.NO_READ_RIGHT);
        }
    }

    @Override
    public List<FoundFile> children(DevicePath directory, Optional<String> after, int most)
            throws FileProblem {
        return inside(
                directory,
                OperationResult.NO_READ_RIGHT,
                open -> {
                    List<FoundFile> found = new ArrayList<>();
                    for (String name : smallestNames(open, after, most)) {
                        find(open, name).ifPresent(found::add);
                    }
                    return found;
                });
    }

    /**
     * The names that come next, held in a heap of bounded size whatever the size of the directory.
     */
    private static List<String> smallestNames(
            DirectoryStream<Path> open, Optional<String> after, int most) {
        PriorityQueue<String> smallest =
                new PriorityQueue<>(
                        Comparator.comparing(name -> name, (a, b) -> Utf8.compare(b, a)));
        for (Path entry : open) {
            Optional<String> name = RawNames.text(entry.getFileName());
            if (name.isEmpty() || after.isPresent() && Utf8.compare(name.get(), after.get()) <= 0) {
                continue;
            }
            if (smallest.size() < most) {
                smallest.add(name.get());
            } else if (Utf8.compare(name.get(), smallest.peek()) < 0) {
                smallest.poll();
                smallest.add(name.get());
            }
        }
        List<String> names = new ArrayList<>(smallest);
        names.sort(Utf8::compare);
        return names;
    }

    @Override
    public FoundFile stat(DevicePath path) throws FileProblem {
        if (path.isRoot()) {
            return statRoot(path.root());
        }
        return inside(
                path.parent().orElseThrow(),
                OperationResult.NO_READ_RIGHT,
                open -> find(open, path.name()).orElseThrow(() -> missing(path)));
    }

    private FoundFile statRoot(int root) throws FileProblem {
        try {
            return found("", Files.readAttributes(root(root).folder(), PosixFileAttributes.class));
        } catch (IOException e) {
            throw problem(e, OperationResult.NO_READ_RIGHT);
        }
    }

    @Override
    public byte[] read(DevicePath file, long offset, int length) throws FileProblem {
        return inFile(
                file,
                (found, channel) -> {
                    ByteBuffer buffer =
                            ByteBuffer.allocate(
                                    (int) Math.max(0, Math.min(length, found.size() - offset)));
                    channel.position(offset);
                    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                        // until the slice is full or the file ends
                    }
                    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
                });
    }

    @Override
    public Sha256Prefix digest(DevicePath file, Stop stop) throws FileProblem {
        return inFile(
                file,
                (found, channel) -> {
                    DigestCache.Key key = key(found);
                    Optional<Sha256Prefix> known = digests.find(key);
                    if (known.isPresent()) {
                        return known.get();
                    }
                    Sha256Prefix digest =
                            DigestCache.compute(channel, stop)
                                    .orElseThrow(
                                            () ->
                                                    new FileProblem(
                                                            OperationResult.CANCELLED_BY_SERVER,
                                                            "stopped while reading"));
                    if (stat(file).isUnchangedSince(found)) {
                        digests.put(key, digest);
                    }
                    return digest;
                });
    }

    @Override
    public Optional<Sha256Prefix> knownDigest(DevicePath file, FoundFile found) {
        return digests.find(key(found));
    }

    private static DigestCache.Key key(FoundFile found) {
        return new DigestCache.Key(found.identity(), found.size(), found.modified());
    }

    /** What is done with an open file. */
    @FunctionalInterface
    private interface InFile<T> {
        T run(FoundFile found, SeekableByteChannel channel) throws IOException, FileProblem;
    }

    private <T> T inFile(DevicePath path, InFile<T> work) throws FileProblem {
        if (path.isRoot()) {
            throw new FileProblem(OperationResult.NOT_A_FILE, "it is a directory");
        }
        return inside(
                path.parent().orElseThrow(),
                OperationResult.NO_READ_RIGHT,
                open -> {
                    FoundFile found = find(open, path.name()).orElseThrow(() -> missing(path));
                    if (found.type() != FileType.FILE) {
                        throw new FileProblem(
                                OperationResult.NOT_A_FILE, "it is a " + found.type().words());
                    }
                    try (SeekableByteChannel channel =
                            open.newByteChannel(RawNames.path(path.name()), READ)) {
                        return work.run(found, channel);
                    }
                });
    }

    @Override
    public void delete(DevicePath path, Optional<FoundFile> expected) throws FileProblem {
        if (path.isRoot()) {
            throw new FileProblem(OperationResult.TARGET_PROTECTED, "a root cannot be deleted");
        }
        inside(
                path.parent().orElseThrow(),
                OperationResult.NO_WRITE_RIGHT,
                open -> {
                    FoundFile found = find(open, path.name()).orElseThrow(() -> missing(path));
                    if (expected.isPresent() && !found.isUnchangedSince(expected.get())) {
                        throw new FileProblem(OperationResult.TARGET_CHANGED, "it has changed");
                    }
                    Path name = RawNames.path(path.name());
                    if (found.type() == FileType.DIRECTORY) {
                        open.deleteDirectory(name);
                    } else {
                        open.deleteFile(name);
                    }
                    return null;
                });
    }

    /** Walks to a directory and does something in it. */
    private <T> T inside(DevicePath directory, OperationResult noRight, Inside<T> work)
            throws FileProblem {
        DirectoryStream<Path> open = null;
        try {
            open = Files.newDirectoryStream(root(directory.root()).folder());
            if (!directory.isRoot()) {
                for (String segment : directory.path().split("/")) {
                    DirectoryStream<Path> child = step(secure(open), segment);
                    open.close();
                    open = child;
                }
            }
            return work.run(secure(open));
        } catch (DirectoryIteratorException e) {
            throw problem(e.getCause(), noRight);
        } catch (IOException e) {
            throw problem(e, noRight);
        } finally {
            closeQuietly(open);
        }
    }

    private DirectoryStream<Path> step(SecureDirectoryStream<Path> open, String segment)
            throws IOException, FileProblem {
        FoundFile found =
                find(open, segment)
                        .orElseThrow(
                                () ->
                                        new FileProblem(
                                                OperationResult.TARGET_NOT_FOUND,
                                                "no such directory"));
        if (found.type() == FileType.LINK) {
            throw new FileProblem(OperationResult.OUTSIDE_ROOT, "the path leads through a link");
        }
        if (found.type() != FileType.DIRECTORY) {
            throw new FileProblem(
                    OperationResult.NOT_A_DIRECTORY,
                    "the path leads through a " + found.type().words());
        }
        try {
            return open.newDirectoryStream(RawNames.path(segment), LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | AccessDeniedException | NotDirectoryException e) {
            throw e;
        } catch (FileSystemException e) {
            // what was a directory a moment ago is a link now
            throw new FileProblem(OperationResult.OUTSIDE_ROOT, "the path leads through a link");
        }
    }

    private Optional<FoundFile> find(SecureDirectoryStream<Path> open, String name)
            throws IOException {
        try {
            PosixFileAttributes attributes =
                    open.getFileAttributeView(
                                    RawNames.path(name),
                                    PosixFileAttributeView.class,
                                    LinkOption.NOFOLLOW_LINKS)
                            .readAttributes();
            return hidden.contains(attributes.fileKey())
                    ? Optional.empty()
                    : Optional.of(found(name, attributes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FoundFile found(String name, PosixFileAttributes attributes) {
        FileType type =
                attributes.isSymbolicLink()
                        ? FileType.LINK
                        : attributes.isDirectory()
                                ? FileType.DIRECTORY
                                : attributes.isRegularFile() ? FileType.FILE : FileType.OTHER;
        return new FoundFile(
                name,
                type,
                type == FileType.FILE ? attributes.size() : 0,
                attributes.lastModifiedTime().toInstant(),
                mode(attributes.permissions()),
                attributes.fileKey());
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    private FileRoot root(int number) throws FileProblem {
        if (number >= roots.size()) {
            throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "there is no root " + number);
        }
        return roots.get(number);
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IllegalStateException("This system can't open files relative to a directory");
    }

    private static FileProblem missing(DevicePath path) {
        return new FileProblem(OperationResult.TARGET_NOT_FOUND, "there is no such file");
    }

    private static FileProblem problem(IOException e, OperationResult noRight) {
        if (e instanceof NoSuchFileException) {
            return new FileProblem(OperationResult.TARGET_NOT_FOUND, "it is gone");
        }
        if (e instanceof AccessDeniedException) {
            return new FileProblem(noRight, "the system does not permit it");
        }
        if (e instanceof DirectoryNotEmptyException) {
            return new FileProblem(
                    OperationResult.DIRECTORY_NOT_EMPTY, "the directory is not empty");
        }
        if (e instanceof NotDirectoryException) {
            return new FileProblem(OperationResult.NOT_A_DIRECTORY, "it is not a directory");
        }
        if (e instanceof FileSystemException) {
            // an attribute of the file or a read-only file system; or, when opening, a link put
            // there meanwhile
            return new FileProblem(noRight, "the system refuses it");
        }
        return DeviceFiles.ioError(e);
    }

    private static void closeQuietly(DirectoryStream<Path> stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // a directory that was only read; nothing is lost
        }
    }
}
