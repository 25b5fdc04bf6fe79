package org.omtpdm.client.linux;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Turns the ever growing counters of processing time into shares of the last interval. An interval
 * ends when somebody looks and at least a second has passed since it began. Thread-safe.
 */
final class CpuShares {

    private static final long SHORTEST_INTERVAL = 1_000_000_000L;

    private record Key(long pid, long startTicks) {}

    private final LongSupplier nanoTime;
    private Map<Key, Long> before = Map.of();
    private Map<Key, Long> latest = Map.of();
    private long deviceTicksBefore;
    private long deviceTicksLatest;
    private long latestAt;

    CpuShares(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Notes what all processes have used so far.
     *
     * @param deviceTicks time all processors of the device have had since boot, idle time included
     */
    synchronized void note(Iterable<ProcessStat> processes, long deviceTicks) {
        long now = nanoTime.getAsLong();
        if (!latest.isEmpty() && now - latestAt < SHORTEST_INTERVAL) {
            return;
        }
        Map<Key, Long> ticks = new HashMap<>();
        processes.forEach(process -> ticks.put(key(process), process.cpuTicks()));
        before = latest;
        deviceTicksBefore = deviceTicksLatest;
        latest = ticks;
        deviceTicksLatest = deviceTicks;
        latestAt = now;
    }

    /**
     * Share of the device's time in the last whole interval, 0 to 1000; since its start for a
     * process new in it.
     */
    synchronized int permille(ProcessStat process, long deviceTicksSinceStart) {
        Long then = before.get(key(process));
        Long now = latest.getOrDefault(key(process), process.cpuTicks());
        long used = then == null ? process.cpuTicks() : now - then;
        long available =
                then == null ? deviceTicksSinceStart : deviceTicksLatest - deviceTicksBefore;
        return available <= 0 ? 0 : (int) Math.max(0, Math.min(1000, used * 1000 / available));
    }

    private static Key key(ProcessStat process) {
        return new Key(process.pid(), process.startTicks());
    }
}
