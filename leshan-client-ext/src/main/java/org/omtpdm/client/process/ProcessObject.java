package org.omtpdm.client.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.omtpdm.client.listing.ListingBlock;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.client.operation.OperationBlock;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessOperations;
import org.omtpdm.objects.process.ProcessRecords;

/** Process Management (OBJECTS.md C.3), over a {@link ProcessTable}. Thread-safe. */
public final class ProcessObject extends SharedObject {

    private static final int INSTANCE = 0;
    private static final long DEFAULT_GRACE_SECONDS = 5;

    private final ProcessTable table;
    private final DeviceContext context;
    private final Set<String> protectedNames;
    private final OperationBlock operations;
    private final ListingBlock<ProcessEntry> listing;
    private final WatchedNames watched;
    private final ProcessNews news;

    /**
     * @param protectedNames processes of these names are never ended
     */
    public ProcessObject(DeviceContext context, ProcessTable table, Set<String> protectedNames)
            throws IOException {
        super(context.model(ObjectIds.PROCESS));
        this.table = table;
        this.context = context;
        this.protectedNames = new TreeSet<>(protectedNames);
        this.operations = new OperationBlock(context, id(), INSTANCE);
        this.watched = new WatchedNames(context.state(), context.changes(), id(), INSTANCE);
        this.news = new ProcessNews(table, watched, context.changes(), id(), INSTANCE);
        this.listing =
                new ListingBlock<>(
                        context,
                        id(),
                        INSTANCE,
                        ProcessRecords.FORMAT,
                        operations,
                        news::changeCounter);
        addInstance(INSTANCE, resources());
    }

    private ResourceTable resources() {
        ResourceTable resources =
                new ResourceTable()
                        .unsigned(ProcessResources.PROCESS_COUNT, news::count)
                        .unsigned(ProcessResources.CPU_LOAD, news::cpuPercent)
                        .unsigned(ProcessResources.MEMORY_USED, news::memoryUsed)
                        .execute(ProcessResources.TERMINATE, this::terminate)
                        .optionalOpaque(
                                ProcessResources.LAST_EXIT,
                                () -> table.lastExit().map(LastExit::encode))
                        .texts(ProcessResources.PROTECTED_NAME, this::protectedNames)
                        .execute(ListingResources.LIST, this::list);
        watched.addTo(resources);
        listing.addTo(resources);
        operations.addTo(resources);
        return resources;
    }

    private Map<Integer, String> protectedNames() {
        Map<Integer, String> names = new TreeMap<>();
        protectedNames.forEach(name -> names.put(names.size(), name));
        return names;
    }

    private void terminate(Requester who, byte[] payload) throws Refusal {
        try {
            ExecuteArguments arguments = ProcessOperations.TERMINATE.parse(payload);
            Termination termination =
                    new Termination(
                            table,
                            arguments.get(ProcessOperations.PID),
                            arguments.get(ProcessOperations.START_TIME),
                            arguments.find(ProcessOperations.MODE).orElse(TerminateMode.GRACEFUL),
                            Duration.ofSeconds(
                                    arguments
                                            .find(ProcessOperations.GRACE_SECONDS)
                                            .orElse(DEFAULT_GRACE_SECONDS)),
                            protectedNames::contains);
            operations.run(
                    who,
                    ProcessResources.TERMINATE,
                    arguments.find(ExecuteArguments.CORRELATOR),
                    progress -> {
                        try {
                            return termination.run(progress);
                        } finally {
                            news.look();
                        }
                    });
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private void list(Requester who, byte[] payload) throws Refusal {
        ProcessListArguments wanted;
        try {
            wanted = ProcessListArguments.parse(payload);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        listing.list(
                who,
                wanted.options(),
                wanted.correlator(),
                progress -> {
                    List<RunningProcess> processes = table.processes();
                    news.seen(processes);
                    return new ProcessMatches(wanted, table, processes);
                });
    }

    @Override
    public void stop() {
        operations.stop();
    }

    /** Looks whether something has changed and tells observers; called every few seconds. */
    public void look() {
        news.look();
    }
}
