package org.omtpdm.client.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The device's own record of the effects it began: one line per effect, written and synced before
 * it. Whoever wants to know whether a command happened twice counts lines here. Bounded: past a
 * megabyte the older half goes. Thread-safe.
 *
 * <pre>
 * 2026-01-01T00:00:00Z server=1 /42769/0/3 correlator=4711
 * </pre>
 */
public final class Journal {

    private static final long MAXIMUM_BYTES = 1 << 20;

    private final Optional<Path> file;
    private final Disk disk;

    private Journal(Optional<Path> file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    static Journal open(Path file) throws IOException {
        cutTornLine(file);
        return new Journal(Optional.of(file), Disk.real());
    }

    /** A journal that keeps nothing. */
    public static Journal none() {
        return new Journal(Optional.empty(), Disk.real());
    }

    /** Writes that an effect begins now; when this returns the line survives a power cut. */
    public synchronized void begin(int shortServerId, String resource, Optional<Long> correlator)
            throws IOException {
        if (file.isEmpty()) {
            return;
        }
        String line =
                Instant.now()
                        + " server="
                        + shortServerId
                        + " "
                        + resource
                        + correlator.map(number -> " correlator=" + number).orElse("")
                        + "\n";
        shortenWhenLarge(file.get());
        disk.appendAndSync(file.get(), line.getBytes(StandardCharsets.UTF_8));
    }

    private void shortenWhenLarge(Path journal) throws IOException {
        if (Files.exists(journal) && Files.size(journal) > MAXIMUM_BYTES) {
            List<String> lines = Files.readAllLines(journal);
            List<String> newer = lines.subList(lines.size() / 2, lines.size());
            Path next = journal.resolveSibling(journal.getFileName() + ".new");
            disk.writeAndSync(
                    next, (String.join("\n", newer) + "\n").getBytes(StandardCharsets.UTF_8));
            disk.replace(next, journal);
        }
    }

    /** A power cut may leave half a line at the end; the effect it announces never began. */
    private static void cutTornLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            long end = journal.length();
            while (end > 0) {
                journal.seek(end - 1);
                if (journal.read() == '\n') {
                    break;
                }
                end--;
            }
            journal.setLength(end);
        }
    }
}
