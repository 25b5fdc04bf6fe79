package org.omtpdm.client.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A state store in one small text file. A change writes the whole file anew beside the old one,
 * syncs it, and renames it into place, so that at any instant the disk holds either all of the old
 * state or all of the new.
 *
 * <pre>
 * omtp-dm-agent-state 1
 * key=value            (backslash, line feed and carriage return escaped)
 * crc32=89abcdef       (of everything above)
 * </pre>
 */
public final class StateFile implements StateStore {

    private static final String HEADER = "omtp-dm-agent-state 1";
    private static final String CHECK = "crc32=";

    private final Path file;
    private final Path next;
    private final Disk disk;
    private SortedMap<String, String> entries;

    private StateFile(Path file, Disk disk) throws IOException {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".new");
        this.disk = disk;
        this.entries = read(file);
        Files.deleteIfExists(next);
    }

    /**
     * Opens the file; where there is none yet the store is empty.
     *
     * @throws IOException when it can't be read, is damaged, or was written by a newer version
     */
    public static StateFile open(Path file) throws IOException {
        return open(file, Disk.real());
    }

    static StateFile open(Path file, Disk disk) throws IOException {
        return new StateFile(file, disk);
    }

    @Override
    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public synchronized Map<String, String> startingWith(String prefix) {
        return new TreeMap<>(entries.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    @Override
    public synchronized void write(Map<String, Optional<String>> changes) throws IOException {
        SortedMap<String, String> changed = new TreeMap<>(entries);
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(
                                text -> changed.put(checked(key), text),
                                () -> changed.remove(key)));
        if (changed.equals(entries)) {
            return;
        }
        disk.writeAndSync(next, print(changed));
        disk.replace(next, file);
        entries = changed;
        disk.syncFolder(file.toAbsolutePath().getParent());
    }

    private static String checked(String key) {
        if (!key.matches("[A-Za-z0-9./-]{1,100}")) {
            throw new IllegalArgumentException("Not a key of the state store: '" + key + "'");
        }
        return key;
    }

    private static byte[] print(SortedMap<String, String> entries) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        entries.forEach(
                (key, value) -> text.append(key).append('=').append(escape(value)).append('\n'));
        String check = crc(text.toString());
        text.append(CHECK).append(check).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static SortedMap<String, String> read(Path file) throws IOException {
        SortedMap<String, String> entries = new TreeMap<>();
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return entries;
        }
        if (text.startsWith("omtp-dm-agent-state ") && !text.startsWith(HEADER + "\n")) {
            throw new IOException(
                    "Read the agent's state: "
                            + file
                            + " was written by a newer version of the agent");
        }
        int end = text.lastIndexOf(CHECK);
        if (!text.startsWith(HEADER)
                || end < 0
                || !text.equals(
                        text.substring(0, end) + CHECK + crc(text.substring(0, end)) + "\n")) {
            throw new IOException(
                    "Read the agent's state: "
                            + file
                            + " is damaged; restore it or remove it to start afresh");
        }
        for (String line : text.substring(HEADER.length() + 1, end).split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                entries.put(line.substring(0, equals), unescape(line.substring(equals + 1)));
            }
        }
        return entries;
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String line) {
        StringBuilder value = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                char escaped = line.charAt(++i);
                value.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
