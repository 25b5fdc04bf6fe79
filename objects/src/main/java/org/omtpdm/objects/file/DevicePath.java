package org.omtpdm.objects.file;

import java.util.Optional;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.arguments.BadArgumentsException;

/**
 * A path on a device, {@code <root>:<relative/path>}: {@code 0:logs/today.txt}, or {@code 0:} for
 * the root itself. Such a path can't climb: it has no empty segment, no {@code .} or {@code ..}, no
 * NUL and no leading slash.
 *
 * <p>The order is the key order of listings: by root, then segment by segment by UTF-8 bytes, which
 * is a walk depth first with sorted names.
 *
 * @param root instance of Root (resource 0 of File Management), 0 to 65534
 * @param path relative to the root, segments separated by {@code /}; empty means the root itself
 */
public record DevicePath(int root, String path) implements Comparable<DevicePath> {

    /** Most bytes the whole text may have. */
    public static final int MAXIMUM_BYTES = 255;

    private static final int MAXIMUM_ROOT = 65534;

    public DevicePath {
        Optional<String> problem = problem(root, path);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("Not a device path: " + problem.get());
        }
    }

    /**
     * Reads {@code <root>:<relative/path>}, already without percent-encoding.
     *
     * @throws BadArgumentsException when it isn't a path that may be asked for
     */
    public static DevicePath parse(String text) throws BadArgumentsException {
        return parse("path", text);
    }

    /** The same; messages begin with the label. */
    static DevicePath parse(String label, String text) throws BadArgumentsException {
        int colon = text.indexOf(':');
        if (colon < 1
                || colon > 5
                || !text.chars().limit(colon).allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadArgumentsException(label + ": expected <root number>:<relative/path>");
        }
        int root = Integer.parseInt(text.substring(0, colon));
        String path = text.substring(colon + 1);
        Optional<String> problem = problem(root, path);
        if (problem.isPresent()) {
            throw new BadArgumentsException(label + ": " + problem.get());
        }
        return new DevicePath(root, path);
    }

    private static Optional<String> problem(int root, String path) {
        if (root < 0 || root > MAXIMUM_ROOT) {
            return Optional.of("root number " + root + ", expected 0 to 65534");
        }
        Optional<Integer> bytes = Utf8.length(root + ":" + path);
        if (bytes.isEmpty()) {
            return Optional.of("not valid Unicode");
        }
        if (bytes.get() > MAXIMUM_BYTES) {
            return Optional.of("longer than 255 bytes");
        }
        if (path.indexOf('\0') >= 0) {
            return Optional.of("contains NUL");
        }
        if (path.isEmpty()) {
            return Optional.empty();
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty()) {
                return Optional.of("empty segment (leading, trailing or double slash)");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("segment '" + segment + "' is not allowed");
            }
        }
        return Optional.empty();
    }

    /** Whether this is a root itself. */
    public boolean isRoot() {
        return path.isEmpty();
    }

    /** The last segment; empty for a root. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory this is in; empty for a root. */
    public Optional<DevicePath> parent() {
        return isRoot()
                ? Optional.empty()
                : Optional.of(
                        new DevicePath(
                                root, path.substring(0, Math.max(0, path.lastIndexOf('/')))));
    }

    /**
     * What is called so in this directory.
     *
     * @return empty when that isn't a path we can name: too long, or not a legal segment
     */
    public Optional<DevicePath> child(String name) {
        String joined = isRoot() ? name : path + "/" + name;
        return name.isEmpty() || name.indexOf('/') >= 0 || problem(root, joined).isPresent()
                ? Optional.empty()
                : Optional.of(new DevicePath(root, joined));
    }

    @Override
    public int compareTo(DevicePath other) {
        return root != other.root
                ? Integer.compare(root, other.root)
                : comparePaths(path, other.path);
    }

    /** Key order of two relative paths: as if the slash were smaller than every other character. */
    public static int comparePaths(String left, String right) {
        return Utf8.compare(left.replace('/', '\0'), right.replace('/', '\0'));
    }

    /** {@code <root>:<relative/path>}. */
    @Override
    public String toString() {
        return root + ":" + path;
    }
}
