package org.omtpdm.client.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines that are added at the end and survive a power cut, in a file or in memory only. Bounded:
 * when it grows past its limit the older half goes. Thread-safe.
 */
public final class LineFile {

    private final Optional<Path> file;
    private final long maximumBytes;
    private final Disk disk;
    private final List<String> lines;
    private long bytes;

    private LineFile(Optional<Path> file, long maximumBytes, Disk disk, List<String> lines) {
        this.file = file;
        this.maximumBytes = maximumBytes;
        this.disk = disk;
        this.lines = lines;
        this.bytes = size(lines);
    }

    /**
     * Opens a file, which needn't be there yet; half a line at its end, left by a power cut, is
     * removed.
     */
    public static LineFile open(Path file, long maximumBytes) throws IOException {
        cutTornLine(file);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return new LineFile(Optional.of(file), maximumBytes, Disk.real(), new ArrayList<>(lines));
    }

    public static LineFile inMemory(long maximumBytes) {
        return new LineFile(Optional.empty(), maximumBytes, Disk.real(), new ArrayList<>());
    }

    private static long size(List<String> lines) {
        return lines.stream()
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L)
                .sum();
    }

    /**
     * @param line without line feeds
     */
    public synchronized void append(String line) throws IOException {
        byte[] added = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes + added.length > maximumBytes) {
            rewrite(new ArrayList<>(lines.subList((lines.size() + 1) / 2, lines.size())));
        }
        if (file.isPresent()) {
            disk.appendAndSync(file.get(), added);
        }
        lines.add(line);
        bytes += added.length;
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    public synchronized void clear() throws IOException {
        rewrite(new ArrayList<>());
    }

    private void rewrite(List<String> kept) throws IOException {
        if (file.isPresent()) {
            Path next = file.get().resolveSibling(file.get().getFileName() + ".new");
            String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
            disk.writeAndSync(next, text.getBytes(StandardCharsets.UTF_8));
            disk.replace(next, file.get());
            disk.syncFolder(file.get().toAbsolutePath().getParent());
        }
        lines.clear();
        lines.addAll(kept);
        bytes = size(lines);
    }

    private static void cutTornLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            long end = content.length();
            while (end > 0) {
                content.seek(end - 1);
                if (content.read() == '\n') {
                    break;
                }
                end--;
            }
            if (end < content.length()) {
                content.setLength(end);
                content.getFD().sync();
            }
        }
    }
}
