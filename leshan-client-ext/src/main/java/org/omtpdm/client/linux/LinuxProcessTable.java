package org.omtpdm.client.linux;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.omtpdm.client.process.ProcessTable;
import org.omtpdm.client.process.RunningProcess;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/** The processes of this machine, read from {@code /proc}. */
public final class LinuxProcessTable implements ProcessTable {

    private static final int KERNEL_NAME_BYTES = 15;
    private static final long POLL_MILLIS = 20;

    private final ProcFiles files;
    private final Instant bootTime;
    private final Optional<Sandbox> sandbox;
    private final DigestCache digests;
    private final CpuShares shares = new CpuShares(System::nanoTime);
    private final CpuLoad load;

    /**
     * @param sandbox where given, every process that wasn't started in it is protected
     */
    public LinuxProcessTable(StateStore state, Optional<Sandbox> sandbox, DigestCache digests)
            throws IOException {
        this.files = new ProcFiles(java.nio.file.Path.of("/"));
        this.bootTime = BootTime.of(files, state);
        this.sandbox = sandbox;
        this.digests = digests;
        this.load = new CpuLoad(files, System::nanoTime);
    }

    @Override
    public List<RunningProcess> processes() throws IOException {
        List<ProcessStat> stats = new ArrayList<>();
        for (long pid : files.pids()) {
            stat(pid).ifPresent(stats::add);
        }
        long deviceTicks = load.totalTicks();
        shares.note(stats, deviceTicks);
        List<RunningProcess> processes = new ArrayList<>(stats.size());
        for (ProcessStat stat : stats) {
            status(stat.pid()).map(status -> process(stat, status)).ifPresent(processes::add);
        }
        return processes;
    }

    @Override
    public Optional<RunningProcess> find(long pid) {
        Optional<String> status = status(pid);
        // the start is read after the rest, so that what is said about a pid used again is never
        // said about the old one
        return stat(pid).flatMap(stat -> status.map(text -> process(stat, text)));
    }

    private Optional<ProcessStat> stat(long pid) {
        return files.text("proc/" + pid + "/stat").flatMap(ProcessStat::parse);
    }

    private Optional<String> status(long pid) {
        return files.text("proc/" + pid + "/status");
    }

    private RunningProcess process(ProcessStat stat, String status) {
        Instant started =
                bootTime.plusMillis(stat.startTicks() * 1000 / ProcessStat.TICKS_PER_SECOND);
        ProcessEntry entry =
                new ProcessEntry(
                        stat.pid(),
                        stat.parent(),
                        ProcFiles.number(status, "Uid:").orElse(0),
                        stat.state(),
                        shares.permille(stat, load.ticksSince(stat.startTicks())),
                        ProcFiles.number(status, "VmRSS:").orElse(0),
                        started,
                        name(stat),
                        OptionalInt.empty(),
                        Optional.empty());
        return new RunningProcess(entry, stat.startTicks(), stat.isKernelThread());
    }

    /**
     * The kernel cuts names at 15 bytes; the rest is taken from the command where it begins the
     * same.
     */
    private String name(ProcessStat stat) {
        String name = stat.name();
        if (name.length() >= KERNEL_NAME_BYTES) {
            String command =
                    files.text("proc/" + stat.pid() + "/cmdline").orElse("").split("\0", 2)[0];
            String file = command.substring(command.lastIndexOf('/') + 1);
            name = file.startsWith(name) ? file : name;
        }
        String shortened = Utf8.shorten(name, ProcessEntry.MAXIMUM_NAME_BYTES);
        return shortened.isEmpty() ? "?" : shortened;
    }

    @Override
    public Optional<String> protection(RunningProcess process) {
        long self = ProcessHandle.current().pid();
        if (process.pid() == self) {
            return Optional.of("it is the management agent");
        }
        if (process.pid() == 1) {
            return Optional.of("it is the first process of the system");
        }
        if (process.isKernelThread()) {
            return Optional.of("it is part of the kernel");
        }
        if (ancestors(self).contains(process.pid())) {
            return Optional.of("the management agent runs below it");
        }
        if (sandbox.isPresent() && !sandbox.get().contains(process.pid())) {
            return Optional.of("it was not started in the sandbox");
        }
        return Optional.empty();
    }

    private Set<Long> ancestors(long pid) {
        Set<Long> ancestors = new HashSet<>();
        Optional<ProcessStat> stat = stat(pid);
        while (stat.isPresent() && stat.get().parent() > 0 && ancestors.add(stat.get().parent())) {
            stat = stat(stat.get().parent());
        }
        return ancestors;
    }

    @Override
    public Signalled signal(RunningProcess process, TerminateMode mode) {
        // The handle remembers the start time it sees now and the system call behind destroy
        // compares it again, so
        // between the check below and the signal a pid that is used again isn't hit.
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty() || !isSame(process)) {
            return Signalled.GONE;
        }
        boolean sent =
                mode == TerminateMode.FORCED
                        ? handle.get().destroyForcibly()
                        : handle.get().destroy();
        if (sent) {
            sandbox.ifPresent(box -> box.endedByUs(process.pid()));
            return Signalled.SENT;
        }
        return isSame(process) ? Signalled.NOT_PERMITTED : Signalled.GONE;
    }

    private boolean isSame(RunningProcess process) {
        return stat(process.pid())
                .filter(stat -> stat.startTicks() == process.incarnation())
                .isPresent();
    }

    @Override
    public boolean awaitEnd(RunningProcess process, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<ProcessStat> stat =
                    stat(process.pid()).filter(now -> now.startTicks() == process.incarnation());
            if (stat.isEmpty() || stat.get().state() == ProcessState.ZOMBIE) {
                return true;
            }
            if (System.nanoTime() >= deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public Load load() throws IOException {
        return new Load(load.percent(), MemoryFacts.read(files).used());
    }

    @Override
    public Optional<Sha256Prefix> executableHash(RunningProcess process) {
        return process.isKernelThread()
                ? Optional.empty()
                : digests.ofExecutable(files.path("proc/" + process.pid() + "/exe"));
    }

    @Override
    public Optional<LastExit> lastExit() {
        return sandbox.flatMap(Sandbox::lastExit);
    }
}
