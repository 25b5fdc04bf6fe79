package org.omtpdm.client.linux;

import java.io.IOException;

/**
 * RAM of the machine, from {@code /proc/meminfo}, in bytes.
 *
 * @param available what programs could still get
 */
record MemoryFacts(long total, long available) {

    static MemoryFacts read(ProcFiles files) throws IOException {
        String text =
                files.text("proc/meminfo")
                        .orElseThrow(() -> new IOException("Read the memory: no /proc/meminfo"));
        long total = ProcFiles.number(text, "MemTotal").orElse(0);
        long available =
                ProcFiles.number(text, "MemAvailable")
                        .orElse(ProcFiles.number(text, "MemFree").orElse(0));
        return new MemoryFacts(total * 1024, available * 1024);
    }

    long used() {
        return Math.max(0, total - available);
    }
}
