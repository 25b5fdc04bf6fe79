package org.omtpdm.client.process;

import java.util.Objects;
import org.omtpdm.objects.process.ProcessEntry;

/**
 * A process as the operating system shows it at one moment.
 *
 * @param entry what a listing says about it, without digest
 * @param incarnation tells a process from a later one with the same pid, finer than the start time;
 *     as the system counts
 * @param isKernelThread whether it is part of the kernel
 */
public record RunningProcess(ProcessEntry entry, long incarnation, boolean isKernelThread) {

    public RunningProcess {
        Objects.requireNonNull(entry);
    }

    public long pid() {
        return entry.pid();
    }

    /** Whether both are the same process, not only the same pid. */
    public boolean isSameAs(RunningProcess other) {
        return pid() == other.pid() && incarnation == other.incarnation;
    }
}
