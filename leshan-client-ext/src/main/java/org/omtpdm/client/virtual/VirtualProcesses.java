package org.omtpdm.client.virtual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.omtpdm.client.process.ProcessTable;
import org.omtpdm.client.process.RunningProcess;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/** Scripted processes. Thread-safe. */
public final class VirtualProcesses implements ProcessTable {

    private static final int AGENT = 100;
    private static final long MEBIBYTE = 1L << 20;

    private record Running(RunningProcess process, Sha256Prefix hash, boolean isStubborn) {}

    private final SortedMap<Long, Running> table = new TreeMap<>();
    private final long memoryTotal;
    private long nextPid = 1;
    private long incarnation;
    private Optional<LastExit> lastExit = Optional.empty();

    VirtualProcesses(long memoryTotal) {
        this.memoryTotal = memoryTotal;
    }

    /** Adds a process that runs from now on; gives its pid. */
    public synchronized long start(
            String name, long uid, int cpuPermille, long rssKiB, Instant now) {
        return start(name, uid, cpuPermille, rssKiB, now, false);
    }

    /** Adds a process that ends only when forced to. */
    public synchronized long startStubborn(String name, long uid, Instant now) {
        return start(name, uid, 5, 4096, now, true);
    }

    private long start(
            String name, long uid, int cpuPermille, long rssKiB, Instant now, boolean isStubborn) {
        long pid = nextPid;
        nextPid = pid == 1 ? AGENT : pid + 1 + Math.floorMod(name.hashCode(), 7);
        ProcessEntry entry =
                new ProcessEntry(
                        pid,
                        pid == 1 ? 0 : 1,
                        uid,
                        cpuPermille > 0 ? ProcessState.RUNNING : ProcessState.SLEEPING,
                        cpuPermille,
                        rssKiB,
                        now,
                        name,
                        OptionalInt.empty(),
                        Optional.empty());
        table.put(
                pid,
                new Running(
                        new RunningProcess(entry, ++incarnation, false),
                        Contents.digest(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        isStubborn));
        return pid;
    }

    /** A process crashes. */
    public synchronized void crash(long pid, int signal, Instant now) {
        Running gone = table.remove(pid);
        if (gone != null) {
            lastExit =
                    Optional.of(
                            new LastExit(
                                    pid,
                                    gone.process.entry().name(),
                                    0,
                                    signal,
                                    now,
                                    OptionalInt.empty()));
        }
    }

    /** Names of all that run. */
    public synchronized List<String> names() {
        return table.values().stream().map(running -> running.process.entry().name()).toList();
    }

    @Override
    public synchronized List<RunningProcess> processes() {
        return new ArrayList<>(table.values().stream().map(Running::process).toList());
    }

    @Override
    public synchronized Optional<RunningProcess> find(long pid) {
        return Optional.ofNullable(table.get(pid)).map(Running::process);
    }

    @Override
    public Optional<String> protection(RunningProcess process) {
        return process.pid() == 1
                ? Optional.of("it is the first process of the system")
                : process.pid() == AGENT
                        ? Optional.of("it is the management agent")
                        : Optional.empty();
    }

    @Override
    public synchronized Signalled signal(RunningProcess process, TerminateMode mode) {
        Running running = table.get(process.pid());
        if (running == null || !running.process.isSameAs(process)) {
            return Signalled.GONE;
        }
        if (!running.isStubborn || mode == TerminateMode.FORCED) {
            table.remove(process.pid());
            notifyAll();
        }
        return Signalled.SENT;
    }

    @Override
    public synchronized boolean awaitEnd(RunningProcess process, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (find(process.pid()).filter(now -> now.isSameAs(process)).isPresent()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public synchronized Load load() {
        long used =
                table.values().stream()
                        .mapToLong(running -> running.process.entry().rssKiB() * 1024)
                        .sum();
        int cpu =
                table.values().stream()
                                .mapToInt(running -> running.process.entry().cpuPermille())
                                .sum()
                        / 10;
        return new Load(Math.min(100, cpu), Math.min(memoryTotal, used + 64 * MEBIBYTE));
    }

    @Override
    public synchronized Optional<Sha256Prefix> executableHash(RunningProcess process) {
        return Optional.ofNullable(table.get(process.pid())).map(Running::hash);
    }

    @Override
    public synchronized Optional<LastExit> lastExit() {
        return lastExit;
    }

    /**
     * All processes end and those of a fresh start run, with other pids where the system gives them
     * out anew.
     */
    synchronized void boot(List<String> names, Random random, Instant now) {
        table.clear();
        nextPid = 1;
        start("init", 0, 0, 2048, now);
        start("dmclient", 0, 2, 18_000, now);
        for (String name : names) {
            start(
                    name,
                    1000 + random.nextInt(20),
                    random.nextInt(12),
                    2_000 + random.nextInt(60_000),
                    now.plusSeconds(table.size()));
        }
    }
}
