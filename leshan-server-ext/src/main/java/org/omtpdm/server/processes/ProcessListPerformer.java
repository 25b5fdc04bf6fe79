package org.omtpdm.server.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessRecords;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.Listing;
import org.omtpdm.server.commands.ListingReader;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/** {@code process.list}: reads the whole process list of a device and keeps it. */
public final class ProcessListPerformer implements CommandPerformer {

    private static final int MAXIMUM_PROCESSES = 20_000;
    private static final int MAXIMUM_PAGES = 2_000;

    /**
     * From so many requests on it pays to ask, before and after, whether processes came and went.
     * New processes have higher ids, so that a short listing misses none.
     */
    private static final int LONG_LISTING = 12;

    private final Database database;
    private final ProcessStore store = new ProcessStore();
    private final Events events;

    public ProcessListPerformer(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.PROCESS_LIST;
    }

    @Override
    public Permission permission() {
        return Permission.OPERATE;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.of(ObjectIds.PROCESS);
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        new ArgumentReader(arguments).end();
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String title(JsonNode arguments) {
        return "List processes";
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        var device = performance.device().id();
        var isLong =
                database.read(handle -> store.facts(handle, device))
                        .map(last -> last.exchanges() > LONG_LISTING)
                        .orElse(false);
        return isLong ? compared(performance) : listed(performance, false);
    }

    private CompletableFuture<Outcome> compared(Performance performance) {
        return changeCounter(performance)
                .thenCompose(
                        before ->
                                list(performance)
                                        .thenCompose(
                                                listing ->
                                                        changeCounter(performance)
                                                                .thenApply(
                                                                        after ->
                                                                                done(
                                                                                        performance,
                                                                                        listing,
                                                                                        !before
                                                                                                .equals(
                                                                                                        after)))));
    }

    private CompletableFuture<Outcome> listed(Performance performance, boolean changed) {
        return list(performance).thenApply(listing -> done(performance, listing, changed));
    }

    private static CompletableFuture<Optional<ResourceValue>> changeCounter(
            Performance performance) {
        var path = ResourcePath.of(ObjectIds.PROCESS, 0, ListingResources.CHANGE_COUNTER);
        return performance.read(path).thenApply(reading -> reading.value(path));
    }

    private static CompletableFuture<Listing<ProcessEntry>> list(Performance performance) {
        return new ListingReader<ProcessEntry>(
                        performance,
                        ObjectIds.PROCESS,
                        ProcessRecords.FORMAT,
                        process -> Long.toString(process.pid()),
                        start ->
                                ProcessListArguments.everything()
                                        .withOptions(ListOptions.everything().startingAt(start))
                                        .toArguments(),
                        MAXIMUM_PROCESSES,
                        MAXIMUM_PAGES)
                .read();
    }

    private Outcome done(
            Performance performance, Listing<ProcessEntry> listing, boolean changedMeanwhile) {
        var count = listing.records().size();
        var result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("processes", count)
                        .put("complete", listing.complete())
                        .put("exchanges", listing.exchanges())
                        .put("bytes", listing.bytes());
        return new Outcome.Done(
                        count
                                + (count == 1 ? " process" : " processes")
                                + " in "
                                + listing.exchanges()
                                + " exchanges, "
                                + listing.bytes()
                                + " bytes")
                .withResult(result)
                .storing(tx -> keep(tx, performance, listing, changedMeanwhile));
    }

    private void keep(
            Tx tx,
            Performance performance,
            Listing<ProcessEntry> listing,
            boolean changedMeanwhile) {
        var device = performance.device();
        store.replace(tx, device.id(), listing, changedMeanwhile);
        var count = listing.records().size();
        events.publish(
                tx,
                NewEvent.ofDevice(
                                "processes.listed",
                                device.id(),
                                device.name() + ": " + count + " processes listed")
                        .with(Map.of("processes", count, "commandId", performance.commandId())));
    }
}
