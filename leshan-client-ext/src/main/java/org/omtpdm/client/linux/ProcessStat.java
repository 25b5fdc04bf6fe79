package org.omtpdm.client.linux;

import java.util.Optional;
import org.omtpdm.objects.ProcessState;

/**
 * One line of {@code /proc/PID/stat}, see proc(5).
 *
 * @param name what the kernel calls it, at most 15 bytes
 * @param cpuTicks time in user and kernel mode, hundredths of a second
 * @param startTicks start after boot, hundredths of a second; with the pid it names the process for
 *     good
 */
record ProcessStat(
        long pid,
        String name,
        ProcessState state,
        long parent,
        boolean isKernelThread,
        long cpuTicks,
        long startTicks) {

    /** The unit of times in these files is the same on every Linux (USER_HZ). */
    static final int TICKS_PER_SECOND = 100;

    private static final long KERNEL_THREAD_FLAG = 0x0020_0000;

    /**
     * Reads a line; the name may contain blanks and parentheses. Empty when it isn't such a line.
     */
    static Optional<ProcessStat> parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 1 || close < open || close + 2 > line.length()) {
            return Optional.empty();
        }
        // fields are numbered from 1 in proc(5); the third is the first after the name
        String[] fields = line.substring(close + 1).strip().split(" ");
        if (fields.length < 20) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ProcessStat(
                            Long.parseLong(line.substring(0, open).strip()),
                            line.substring(open + 1, close),
                            state(fields[0]),
                            Long.parseLong(fields[1]),
                            (Long.parseLong(fields[6]) & KERNEL_THREAD_FLAG) != 0,
                            Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                            Long.parseLong(fields[19])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static ProcessState state(String letter) {
        return switch (letter) {
            case "R" -> ProcessState.RUNNING;
            case "S", "D", "I" -> ProcessState.SLEEPING;
            case "T", "t" -> ProcessState.STOPPED;
            case "Z", "X", "x" -> ProcessState.ZOMBIE;
            default -> ProcessState.OTHER;
        };
    }
}
