package org.omtpdm.client.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The device's own record of the effects it began: one line per effect, stored before it. Whoever
 * wants to know whether a command happened twice counts lines here. Thread-safe.
 *
 * <pre>
 * 2026-01-01T00:00:00Z server=1 /42769/0/3 correlator=4711
 * </pre>
 */
public final class Journal {

    private static final long MAXIMUM_BYTES = 256 * 1024;

    private final LineFile lines;

    private Journal(LineFile lines) {
        this.lines = lines;
    }

    static Journal open(Path file) throws IOException {
        return new Journal(LineFile.open(file, MAXIMUM_BYTES));
    }

    /** A journal that forgets when the process ends. */
    public static Journal inMemory() {
        return new Journal(LineFile.inMemory(MAXIMUM_BYTES));
    }

    /** Writes that an effect begins now; when this returns the line survives a power cut. */
    public void begin(int shortServerId, String resource, Optional<Long> correlator)
            throws IOException {
        lines.append(
                Instant.now()
                        + " server="
                        + shortServerId
                        + " "
                        + resource
                        + correlator.map(number -> " correlator=" + number).orElse(""));
    }

    /** All lines, oldest first. */
    public java.util.List<String> lines() {
        return lines.lines();
    }
}
