package org.omtpdm.client.linux;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * How busy all processors together were lately, from the first line of {@code /proc/stat}.
 * Thread-safe.
 */
final class CpuLoad {

    private static final long INTERVAL = 10_000_000_000L;
    private static final long SHORTEST = 500_000_000L;

    private record Sample(long at, long busy, long total) {}

    private final ProcFiles files;
    private final LongSupplier nanoTime;
    private Sample before;
    private Sample latest;

    CpuLoad(ProcFiles files, LongSupplier nanoTime) throws IOException {
        this.files = files;
        this.nanoTime = nanoTime;
        this.before = new Sample(nanoTime.getAsLong(), 0, 0);
        this.latest = sample();
    }

    /** Share of busy time in about the last ten seconds, since boot on the first call; 0 to 100. */
    synchronized int percent() throws IOException {
        Sample now = sample();
        if (now.at - latest.at >= INTERVAL) {
            before = latest;
            latest = now;
        }
        Sample since = now.at - latest.at >= SHORTEST ? latest : before;
        long total = now.total - since.total;
        return total <= 0
                ? 0
                : (int) Math.max(0, Math.min(100, (now.busy - since.busy) * 100 / total));
    }

    /** Time all processors have had since boot, idle time included, in hundredths of a second. */
    long totalTicks() throws IOException {
        return sample().total;
    }

    /** The part of it since a moment that many hundredths of a second after boot. */
    long ticksSince(long startTicks) {
        double uptime =
                files.text("proc/uptime")
                        .map(text -> Double.parseDouble(text.split(" ")[0]))
                        .orElse(0.0);
        long lived = (long) (uptime * ProcessStat.TICKS_PER_SECOND) - startTicks;
        return Math.max(1, lived) * Runtime.getRuntime().availableProcessors();
    }

    private Sample sample() throws IOException {
        String line =
                files.text("proc/stat")
                        .flatMap(text -> text.lines().filter(l -> l.startsWith("cpu ")).findFirst())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "Read the processor load: /proc/stat has no line 'cpu'"));
        String[] fields = line.substring(4).strip().split("\\s+");
        long total = 0;
        long idle = 0;
        // user nice system idle iowait irq softirq steal; what follows is contained in user and
        // nice
        for (int i = 0; i < Math.min(8, fields.length); i++) {
            long ticks = Long.parseLong(fields[i]);
            total += ticks;
            idle += i == 3 || i == 4 ? ticks : 0;
        }
        return new Sample(nanoTime.getAsLong(), total - idle, total);
    }
}
