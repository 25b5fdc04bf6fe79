package org.omtpdm.client.virtual;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.file.FoundFile;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.file.DevicePath;

/**
 * Scripted files in memory: root 0 {@code storage} may be changed, root 1 {@code system} only
 * looked at. Thread-safe.
 */
public final class VirtualFiles implements DeviceFiles {

    private static final long TOTAL = 16L << 30;

    private record Entry(
            FileType type,
            long size,
            Instant modified,
            Supplier<byte[]> content,
            Object identity) {}

    private final List<FileRoot> roots =
            List.of(
                    new FileRoot(
                            "storage",
                            Path.of("/storage"),
                            Set.of(
                                    RootRight.LIST,
                                    RootRight.READ,
                                    RootRight.WRITE,
                                    RootRight.DELETE)),
                    new FileRoot(
                            "system", Path.of("/system"), Set.of(RootRight.LIST, RootRight.READ)));
    private final NavigableMap<DevicePath, Entry> entries = new TreeMap<>();

    /** Adds a file of this content, and the directories above it. */
    public void add(DevicePath path, Instant modified, byte[] content) {
        byte[] copy = content.clone();
        add(path, FileType.FILE, copy.length, modified, () -> copy);
    }

    /** Adds a file whose content is made when it is asked for. */
    void add(DevicePath path, Instant modified, long seed, int size) {
        add(path, FileType.FILE, size, modified, () -> Contents.make(seed, size));
    }

    /** Adds a link; where it leads doesn't matter, nobody goes there. */
    public void addLink(DevicePath path, Instant modified) {
        add(path, FileType.LINK, 0, modified, () -> new byte[0]);
    }

    private synchronized void add(
            DevicePath path, FileType type, long size, Instant modified, Supplier<byte[]> content) {
        Optional<DevicePath> above = path.parent();
        while (above.isPresent() && !above.get().isRoot()) {
            entries.putIfAbsent(
                    above.get(),
                    new Entry(FileType.DIRECTORY, 0, modified, () -> new byte[0], new Object()));
            above = above.get().parent();
        }
        entries.put(path, new Entry(type, size, modified, content, new Object()));
    }

    /** Whether there is something of this name. */
    public synchronized boolean exists(DevicePath path) {
        return entries.containsKey(path);
    }

    @Override
    public List<FileRoot> roots() {
        return roots;
    }

    @Override
    public synchronized Space space(int root) throws FileProblem {
        checkRoot(root);
        long used = entries.values().stream().mapToLong(Entry::size).sum();
        return new Space(TOTAL - used, TOTAL);
    }

    @Override
    public synchronized List<FoundFile> children(
            DevicePath directory, Optional<String> after, int most) throws FileProblem {
        walkTo(directory);
        SortedSet<String> names = new TreeSet<>(Comparator.comparing(name -> name, Utf8::compare));
        for (DevicePath path : entries.tailMap(directory, false).keySet()) {
            if (!isBelow(directory, path)) {
                break;
            }
            if (path.parent().orElseThrow().equals(directory)
                    && (after.isEmpty() || Utf8.compare(path.name(), after.get()) > 0)) {
                names.add(path.name());
                if (names.size() > most) {
                    names.remove(names.last());
                }
            }
        }
        return names.stream().map(name -> found(directory.child(name).orElseThrow())).toList();
    }

    private static boolean isBelow(DevicePath directory, DevicePath path) {
        return path.root() == directory.root()
                && (directory.isRoot() || path.path().startsWith(directory.path() + "/"));
    }

    private FoundFile found(DevicePath path) {
        Entry entry = entries.get(path);
        return new FoundFile(
                path.name(),
                entry.type,
                entry.size,
                entry.modified,
                entry.type == FileType.DIRECTORY ? 0755 : 0644,
                entry.identity);
    }

    @Override
    public synchronized FoundFile stat(DevicePath path) throws FileProblem {
        checkRoot(path.root());
        if (path.isRoot()) {
            return new FoundFile(
                    "", FileType.DIRECTORY, 0, Instant.EPOCH, 0755, roots.get(path.root()));
        }
        walkTo(path.parent().orElseThrow());
        if (!entries.containsKey(path)) {
            throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "there is no such file");
        }
        return found(path);
    }

    /** As on a real device every step must be a directory. */
    private void walkTo(DevicePath directory) throws FileProblem {
        checkRoot(directory.root());
        if (directory.isRoot()) {
            return;
        }
        walkTo(directory.parent().orElseThrow());
        Entry entry = entries.get(directory);
        if (entry == null) {
            throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "no such directory");
        }
        if (entry.type == FileType.LINK) {
            throw new FileProblem(OperationResult.OUTSIDE_ROOT, "the path leads through a link");
        }
        if (entry.type != FileType.DIRECTORY) {
            throw new FileProblem(OperationResult.NOT_A_DIRECTORY, "the path leads through a file");
        }
    }

    private void checkRoot(int root) throws FileProblem {
        if (root >= roots.size()) {
            throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "there is no root " + root);
        }
    }

    private byte[] content(DevicePath file) throws FileProblem {
        FoundFile found = stat(file);
        if (found.type() != FileType.FILE) {
            throw new FileProblem(OperationResult.NOT_A_FILE, "it is a " + found.type().words());
        }
        return entries.get(file).content.get();
    }

    @Override
    public synchronized byte[] read(DevicePath file, long offset, int length) throws FileProblem {
        byte[] content = content(file);
        int from = (int) Math.min(offset, content.length);
        return Arrays.copyOfRange(
                content, from, (int) Math.min((long) from + length, content.length));
    }

    @Override
    public synchronized Sha256Prefix digest(DevicePath file, Stop stop) throws FileProblem {
        return Contents.digest(content(file));
    }

    @Override
    public Optional<Sha256Prefix> knownDigest(DevicePath file, FoundFile found) {
        return Optional.empty();
    }

    @Override
    public synchronized void delete(DevicePath path, Optional<FoundFile> expected)
            throws FileProblem {
        if (path.isRoot()) {
            throw new FileProblem(OperationResult.TARGET_PROTECTED, "a root cannot be deleted");
        }
        FoundFile found = stat(path);
        if (expected.isPresent() && !found.isUnchangedSince(expected.get())) {
            throw new FileProblem(OperationResult.TARGET_CHANGED, "it has changed");
        }
        if (found.type() == FileType.DIRECTORY && !children(path, Optional.empty(), 1).isEmpty()) {
            throw new FileProblem(
                    OperationResult.DIRECTORY_NOT_EMPTY, "the directory is not empty");
        }
        entries.remove(path);
    }
}
