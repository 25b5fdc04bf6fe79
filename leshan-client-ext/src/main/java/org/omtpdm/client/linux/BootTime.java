package org.omtpdm.client.linux;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.omtpdm.client.state.StateStore;

/**
 * When the machine was started. The kernel computes it from the clock each time it is asked, so
 * that it wanders by a second when the clock is adjusted, and every start time with it; so the
 * first answer after a boot is kept.
 */
final class BootTime {

    private static final String KEY = "linux/boot-time";

    private BootTime() {}

    static Instant of(ProcFiles files, StateStore state) throws IOException {
        String bootId = files.line("proc/sys/kernel/random/boot_id").orElse("unknown");
        Optional<String> kept = state.get(KEY);
        if (kept.isPresent() && kept.get().startsWith(bootId + " ")) {
            return Instant.ofEpochSecond(Long.parseLong(kept.get().substring(bootId.length() + 1)));
        }
        long seconds =
                ProcFiles.number(files.text("proc/stat").orElse(""), "btime ")
                        .orElseThrow(
                                () -> new IOException("Read the boot time: /proc/stat has none"));
        state.put(KEY, bootId + " " + seconds);
        return Instant.ofEpochSecond(seconds);
    }
}
