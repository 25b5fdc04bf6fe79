package org.omtpdm.client.virtual;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.omtpdm.client.process.ProcessTable;
import org.omtpdm.client.process.RunningProcess;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/** The processes of a virtual device: a script, changed by what servers do. Thread-safe. */
final class VirtualProcesses implements ProcessTable {

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final long RAM_KIB = 512 * 1024;

    private final TreeMap<Long, RunningProcess> running = new TreeMap<>();
    private final Clock clock;
    private Optional<LastExit> lastExit = Optional.empty();
    private long incarnations;
    private long nextPid;

    VirtualProcesses(List<Personality.Program> programs, Clock clock) {
        this.clock = clock;
        programs.forEach(this::add);
    }

    private void add(Personality.Program program) {
        nextPid = Math.max(nextPid, program.pid()) + 1;
        var entry =
                new ProcessEntry(
                        program.pid(),
                        program.pid() == 1 ? 0 : 1,
                        program.uid(),
                        program.cpuPermille() > 0 ? ProcessState.RUNNING : ProcessState.SLEEPING,
                        program.cpuPermille(),
                        program.rssKiB(),
                        clock.instant().minus(program.age()),
                        program.name(),
                        OptionalInt.empty(),
                        Optional.empty());
        running.put(program.pid(), new RunningProcess(entry, ++incarnations, program.isKernel()));
    }

    /** Starts one more program, as the person at the device would. @return its pid */
    synchronized long start(String name) {
        long pid = nextPid;
        add(new Personality.Program(pid, name, 10_000, 4_096, 1, Duration.ZERO, false));
        return pid;
    }

    @Override
    public synchronized List<RunningProcess> processes() {
        return new ArrayList<>(running.values());
    }

    @Override
    public synchronized Optional<RunningProcess> find(long pid) {
        return Optional.ofNullable(running.get(pid));
    }

    @Override
    public Optional<String> protection(RunningProcess process) {
        if (process.pid() == 1 || process.isKernelThread()) {
            return Optional.of("it is part of the system");
        }
        return process.entry().name().equals(Personality.AGENT)
                ? Optional.of("it is the device management agent")
                : Optional.empty();
    }

    @Override
    public synchronized Signalled signal(RunningProcess process, TerminateMode mode) {
        var now = running.get(process.pid());
        if (now == null || !now.isSameAs(process)) {
            return Signalled.GONE;
        }
        running.remove(process.pid());
        int signal = mode == TerminateMode.FORCED ? SIGKILL : SIGTERM;
        lastExit =
                Optional.of(
                        new LastExit(
                                process.pid(),
                                process.entry().name(),
                                0,
                                signal,
                                clock.instant(),
                                OptionalInt.empty()));
        return Signalled.SENT;
    }

    @Override
    public synchronized boolean awaitEnd(RunningProcess process, Duration atMost) {
        var now = running.get(process.pid());
        return now == null || !now.isSameAs(process);
    }

    @Override
    public synchronized Load load() {
        long permille = running.values().stream().mapToLong(p -> p.entry().cpuPermille()).sum();
        long rss = running.values().stream().mapToLong(p -> p.entry().rssKiB()).sum();
        return new Load((int) Math.min(100, permille / 10), Math.min(RAM_KIB, rss) * 1024);
    }

    @Override
    public Optional<Sha256Prefix> executableHash(RunningProcess process) {
        return process.isKernelThread()
                ? Optional.empty()
                : Optional.of(Digests.sha256(Personality.contentOf(process.entry().name())));
    }

    @Override
    public synchronized Optional<LastExit> lastExit() {
        return lastExit;
    }
}
