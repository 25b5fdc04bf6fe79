package org.omtpdm.client.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.omtpdm.client.object.Changes;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.process.LastExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what lives now with what lived at the last look and tells observers what is different.
 * Thread-safe.
 */
final class ProcessNews {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessNews.class);
    private static final long COUNTER_MASK = 0xFFFFFFFFL;
    private static final int MAXIMUM_COUNT = 65535;

    private final ProcessTable table;
    private final WatchedNames watched;
    private final Changes changes;
    private final int objectId;
    private final int instanceId;
    private int fingerprint;
    private long count;
    private long changeCounter;
    private ProcessTable.Load load = new ProcessTable.Load(0, 0);
    private Optional<LastExit> lastExit = Optional.empty();

    ProcessNews(
            ProcessTable table,
            WatchedNames watched,
            Changes changes,
            int objectId,
            int instanceId) {
        this.table = table;
        this.watched = watched;
        this.changes = changes;
        this.objectId = objectId;
        this.instanceId = instanceId;
    }

    long count() {
        look();
        synchronized (this) {
            return count;
        }
    }

    long changeCounter() {
        look();
        synchronized (this) {
            return changeCounter;
        }
    }

    long cpuPercent() {
        return now().cpuPercent();
    }

    long memoryUsed() {
        return now().memoryUsed();
    }

    private ProcessTable.Load now() {
        try {
            return table.load();
        } catch (IOException e) {
            LOG.debug("Read the load of the device", e);
            return new ProcessTable.Load(0, 0);
        }
    }

    /** Looks at the device. */
    void look() {
        try {
            seen(table.processes());
        } catch (IOException e) {
            LOG.warn("List the processes of the device: {}", e.toString());
        }
    }

    /** Somebody has looked at the processes already. */
    void seen(List<RunningProcess> processes) {
        List<Integer> changed = new ArrayList<>();
        int now = fingerprint(processes);
        ProcessTable.Load loadNow = now();
        Optional<LastExit> exitNow = table.lastExit();
        synchronized (this) {
            if (now != fingerprint) {
                fingerprint = now;
                changeCounter = changeCounter + 1 & COUNTER_MASK;
                changed.add(ListingResources.CHANGE_COUNTER);
            }
            long countNow = Math.min(MAXIMUM_COUNT, processes.size());
            if (countNow != count) {
                count = countNow;
                changed.add(ProcessResources.PROCESS_COUNT);
            }
            if (loadNow.cpuPercent() != load.cpuPercent()) {
                changed.add(ProcessResources.CPU_LOAD);
            }
            if (loadNow.memoryUsed() != load.memoryUsed()) {
                changed.add(ProcessResources.MEMORY_USED);
            }
            load = loadNow;
            if (!exitNow.equals(lastExit)) {
                lastExit = exitNow;
                changed.add(ProcessResources.LAST_EXIT);
            }
        }
        watched.count(processes);
        if (!changed.isEmpty()) {
            changes.resources(
                    objectId, instanceId, changed.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static int fingerprint(List<RunningProcess> processes) {
        int hash = 1;
        for (RunningProcess process : processes) {
            hash =
                    31 * hash
                            + Objects.hash(
                                    process.pid(), process.incarnation(), process.entry().name());
        }
        return hash;
    }
}
