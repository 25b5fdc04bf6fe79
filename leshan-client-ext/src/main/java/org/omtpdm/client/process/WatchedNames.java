package org.omtpdm.client.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.omtpdm.client.object.Changes;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.process.ProcessEntry;

/**
 * Names a server wants to be told about (Watch Name and Watch Count, resources 8 and 9).
 * Thread-safe.
 */
final class WatchedNames {

    private static final String KEY = "process/watched";
    private static final int MAXIMUM_NAMES = 16;
    private static final int MAXIMUM_COUNT = 255;

    private final Changes changes;
    private final int objectId;
    private final int instanceId;
    private SortedMap<Integer, String> names = new TreeMap<>();
    private SortedMap<Integer, Long> counts = new TreeMap<>();

    WatchedNames(StateStore state, Changes changes, int objectId, int instanceId) {
        this.changes = changes;
        this.objectId = objectId;
        this.instanceId = instanceId;
        state.get(KEY)
                .orElse("")
                .lines()
                .forEach(
                        line -> {
                            int blank = line.indexOf(' ');
                            names.put(
                                    Integer.parseInt(line.substring(0, blank)),
                                    line.substring(blank + 1));
                        });
        names.keySet().forEach(id -> counts.put(id, 0L));
    }

    void addTo(ResourceTable table) {
        table.texts(ProcessResources.WATCH_NAME, this::names)
                .writable(ProcessResources.WATCH_NAME, this::prepare)
                .unsigneds(ProcessResources.WATCH_COUNT, this::counts);
    }

    private synchronized Map<Integer, String> names() {
        return new TreeMap<>(names);
    }

    private synchronized Map<Integer, Long> counts() {
        return new TreeMap<>(counts);
    }

    private PreparedWrite prepare(Requester who, LwM2mResource value) throws Refusal {
        SortedMap<Integer, String> wanted = new TreeMap<>();
        for (LwM2mResourceInstance instance : value.getInstances().values()) {
            String name = String.valueOf(instance.getValue());
            int bytes = Utf8.length(name).orElse(0);
            if (bytes < 1
                    || bytes > ProcessEntry.MAXIMUM_NAME_BYTES
                    || name.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.badRequest("watch name: expected 1 to 64 bytes of printable text");
            }
            wanted.put(instance.getId(), name);
        }
        if (wanted.size() > MAXIMUM_NAMES) {
            throw Refusal.badRequest("watch name: at most " + MAXIMUM_NAMES + " names");
        }
        StringBuilder lines = new StringBuilder();
        wanted.forEach((id, name) -> lines.append(id).append(' ').append(name).append('\n'));
        return PreparedWrite.stored(KEY, lines.toString(), () -> set(wanted));
    }

    private void set(SortedMap<Integer, String> wanted) {
        synchronized (this) {
            names = wanted;
            SortedMap<Integer, Long> kept = new TreeMap<>();
            wanted.keySet().forEach(id -> kept.put(id, 0L));
            counts = kept;
        }
        changes.resources(
                objectId, instanceId, ProcessResources.WATCH_NAME, ProcessResources.WATCH_COUNT);
    }

    /** Counts the names among the processes that live now. */
    void count(List<RunningProcess> processes) {
        boolean changed;
        synchronized (this) {
            SortedMap<Integer, Long> now = new TreeMap<>();
            names.forEach(
                    (id, name) ->
                            now.put(
                                    id,
                                    Math.min(
                                            MAXIMUM_COUNT,
                                            processes.stream()
                                                    .filter(p -> p.entry().name().equals(name))
                                                    .count())));
            changed = !now.equals(counts);
            counts = now;
        }
        if (changed) {
            changes.resources(objectId, instanceId, ProcessResources.WATCH_COUNT);
        }
    }

    synchronized Optional<Integer> size() {
        return names.isEmpty() ? Optional.empty() : Optional.of(names.size());
    }
}
