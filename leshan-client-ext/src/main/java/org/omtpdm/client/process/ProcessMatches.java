package org.omtpdm.client.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.omtpdm.client.listing.Records;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.ProcessSort;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessListArguments;

/** The processes a List asks for, of those that live when it comes. */
final class ProcessMatches implements Records<ProcessEntry> {

    private final List<ProcessEntry> matches;
    private final ProcessSort sort;

    ProcessMatches(
            ProcessListArguments wanted, ProcessTable table, List<RunningProcess> processes) {
        this.sort = wanted.sort();
        this.matches =
                processes.stream()
                        .filter(process -> matches(wanted, process))
                        .filter(process -> matchesHash(wanted, table, process))
                        .map(
                                process ->
                                        wanted.options().has(ListFlag.HASH)
                                                ? hashed(process, table)
                                                : process.entry())
                        .sorted(order(wanted.sort()))
                        .toList();
    }

    private static boolean matches(ProcessListArguments wanted, RunningProcess process) {
        ProcessEntry entry = process.entry();
        return (wanted.options().has(ListFlag.HIDDEN) || !process.isKernelThread())
                && wanted.options().name().map(glob -> glob.matches(entry.name())).orElse(true)
                && entry.cpuPermille() >= wanted.minimumCpuPermille()
                && entry.rssKiB() >= wanted.minimumRssKiB();
    }

    private static ProcessEntry hashed(RunningProcess process, ProcessTable table) {
        ProcessEntry e = process.entry();
        Optional<Sha256Prefix> hash = table.executableHash(process);
        return new ProcessEntry(
                e.pid(),
                e.parent(),
                e.uid(),
                e.state(),
                e.cpuPermille(),
                e.rssKiB(),
                e.startTime(),
                e.name(),
                e.packageInstance(),
                hash);
    }

    private static boolean matchesHash(
            ProcessListArguments wanted, ProcessTable table, RunningProcess process) {
        Optional<Sha256Prefix> prefix = wanted.options().hash();
        return prefix.isEmpty()
                || table.executableHash(process)
                        .map(digest -> prefix.get().isStartOf(digest))
                        .orElse(false);
    }

    private static Comparator<ProcessEntry> order(ProcessSort sort) {
        Comparator<ProcessEntry> byPid = Comparator.comparingLong(ProcessEntry::pid);
        return switch (sort) {
            case PID -> byPid;
            case CPU ->
                    Comparator.comparingInt(ProcessEntry::cpuPermille)
                            .reversed()
                            .thenComparing(byPid);
            case MEMORY ->
                    Comparator.comparingLong(ProcessEntry::rssKiB).reversed().thenComparing(byPid);
        };
    }

    @Override
    public long count() {
        return matches.size();
    }

    @Override
    public void forEach(Optional<String> after, Predicate<ProcessEntry> taker) {
        long pid = after.map(Long::parseLong).orElse(-1L);
        for (ProcessEntry entry : matches) {
            if ((sort != ProcessSort.PID || entry.pid() > pid) && !taker.test(entry)) {
                return;
            }
        }
    }

    @Override
    public String key(ProcessEntry entry) {
        return Long.toString(entry.pid());
    }

    @Override
    public boolean canContinue() {
        return sort == ProcessSort.PID;
    }
}
