package org.omtpdm.client.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.process.LastExit;

/** The operating system's processes, as the agent needs them. Thread-safe. */
public interface ProcessTable {

    /** What became of a signal. */
    enum Signalled {
        SENT,
        /** The process is gone, or its pid belongs to another one now; nobody was signalled. */
        GONE,
        /** The system doesn't let the agent do this. */
        NOT_PERMITTED
    }

    /**
     * How busy the device is.
     *
     * @param cpuPercent share of the whole device's processing time in the last seconds, 0 to 100
     * @param memoryUsed bytes of RAM in use
     */
    record Load(int cpuPercent, long memoryUsed) {}

    /** All processes that live now, kernel threads and zombies included, ascending by pid. */
    List<RunningProcess> processes() throws IOException;

    /** The process that has this pid now. */
    Optional<RunningProcess> find(long pid) throws IOException;

    /**
     * Why the agent may never end this process, in a few words for people; empty when it may. Says
     * what the system requires (the agent itself, pid 1, ancestors, the kernel, strangers to the
     * sandbox), not what is configured.
     */
    Optional<String> protection(RunningProcess process) throws IOException;

    /** Asks a process to end, or forces it to. A pid that is used again is never hit. */
    Signalled signal(RunningProcess process, TerminateMode mode) throws IOException;

    /**
     * Waits until a process has ended (a zombie has); false when it still lives after that time.
     */
    boolean awaitEnd(RunningProcess process, Duration atMost)
            throws IOException, InterruptedException;

    Load load() throws IOException;

    /** SHA-256 of the executable; empty for a kernel thread, or where it can't be read. */
    Optional<Sha256Prefix> executableHash(RunningProcess process);

    /** The last abnormal end of a process the device watches over. */
    Optional<LastExit> lastExit();
}
