package org.omtpdm.client.virtual;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.file.FoundFile;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.file.DevicePath;

/** The files of a virtual device, in memory. Thread-safe. */
final class VirtualFiles implements DeviceFiles {

    private static final long ROOM = 64L << 20;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;

    /** A file with its content, or a directory. @param content empty array for a directory */
    private record Node(FileType type, byte[] content, Instant modified, long identity) {
        FoundFile found(String name) {
            return new FoundFile(
                    name,
                    type,
                    content.length,
                    modified,
                    type == FileType.DIRECTORY ? DIRECTORY_MODE : FILE_MODE,
                    identity);
        }
    }

    private final List<FileRoot> roots;
    private final TreeMap<DevicePath, Node> nodes = new TreeMap<>();
    private long identities;

    /**
     * @param content text of each file by its path {@code 0:folder/name}; folders come by
     *     themselves
     */
    VirtualFiles(List<FileRoot> roots, Map<String, byte[]> content, Instant modified) {
        this.roots = List.copyOf(roots);
        for (int root = 0; root < roots.size(); root++) {
            nodes.put(new DevicePath(root, ""), directory(modified));
        }
        content.forEach(
                (path, bytes) -> {
                    try {
                        put(DevicePath.parse(path), bytes, modified);
                    } catch (org.omtpdm.objects.arguments.BadArgumentsException e) {
                        throw new IllegalArgumentException(
                                "Script of a virtual device: path " + path, e);
                    }
                });
    }

    private Node directory(Instant modified) {
        return new Node(FileType.DIRECTORY, new byte[0], modified, ++identities);
    }

    private void put(DevicePath path, byte[] bytes, Instant modified) {
        for (var folder = path.parent(); folder.isPresent(); folder = folder.get().parent()) {
            nodes.computeIfAbsent(folder.get(), key -> directory(modified));
        }
        nodes.put(path, new Node(FileType.FILE, bytes.clone(), modified, ++identities));
    }

    @Override
    public List<FileRoot> roots() {
        return roots;
    }

    @Override
    public synchronized Space space(int root) throws FileProblem {
        node(new DevicePath(root, ""));
        long used = nodes.values().stream().mapToLong(node -> node.content().length).sum();
        return new Space(Math.max(0, ROOM - used), ROOM);
    }

    private Node node(DevicePath path) throws FileProblem {
        var node = nodes.get(path);
        if (node != null) {
            return node;
        }
        for (var above = path.parent(); above.isPresent(); above = above.get().parent()) {
            var folder = nodes.get(above.get());
            if (folder != null && folder.type() != FileType.DIRECTORY) {
                throw new FileProblem(OperationResult.NOT_A_DIRECTORY, above.get() + " is a file");
            }
        }
        throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "nothing is at " + path);
    }

    @Override
    public synchronized List<FoundFile> children(
            DevicePath directory, Optional<String> after, int most) throws FileProblem {
        if (node(directory).type() != FileType.DIRECTORY) {
            throw new FileProblem(OperationResult.NOT_A_DIRECTORY, directory + " is a file");
        }
        return nodes.entrySet().stream()
                .filter(entry -> entry.getKey().parent().equals(Optional.of(directory)))
                .map(entry -> entry.getValue().found(entry.getKey().name()))
                .filter(found -> after.isEmpty() || BY_BYTES.compare(found.name(), after.get()) > 0)
                .sorted(Comparator.comparing(FoundFile::name, BY_BYTES))
                .limit(most)
                .toList();
    }

    private static final Comparator<String> BY_BYTES =
            (left, right) -> Arrays.compareUnsigned(bytes(left), bytes(right));

    private static byte[] bytes(String name) {
        return name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public synchronized FoundFile stat(DevicePath path) throws FileProblem {
        return node(path).found(path.name());
    }

    private Node file(DevicePath path) throws FileProblem {
        var node = node(path);
        if (node.type() != FileType.FILE) {
            throw new FileProblem(OperationResult.NOT_A_FILE, path + " is a directory");
        }
        return node;
    }

    @Override
    public synchronized byte[] read(DevicePath path, long offset, int length) throws FileProblem {
        var content = file(path).content();
        int from = (int) Math.min(Math.max(0, offset), content.length);
        return Arrays.copyOfRange(
                content, from, (int) Math.min(content.length, (long) from + length));
    }

    @Override
    public synchronized Sha256Prefix digest(DevicePath path, Stop stop) throws FileProblem {
        return Digests.sha256(file(path).content());
    }

    @Override
    public synchronized Optional<Sha256Prefix> knownDigest(DevicePath path, FoundFile found) {
        var node = nodes.get(path);
        return node != null && node.type() == FileType.FILE
                ? Optional.of(Digests.sha256(node.content()))
                : Optional.empty();
    }

    @Override
    public synchronized void delete(DevicePath path, Optional<FoundFile> expected)
            throws FileProblem {
        var node = node(path);
        if (expected.isPresent() && !node.found(path.name()).isUnchangedSince(expected.get())) {
            throw new FileProblem(OperationResult.TARGET_CHANGED, path + " has changed");
        }
        if (path.isRoot()) {
            throw new FileProblem(OperationResult.NO_WRITE_RIGHT, "a root stays");
        }
        boolean hasChildren =
                nodes.keySet().stream().anyMatch(other -> other.parent().equals(Optional.of(path)));
        if (hasChildren) {
            throw new FileProblem(OperationResult.DIRECTORY_NOT_EMPTY, path + " is not empty");
        }
        nodes.remove(path);
    }
}
