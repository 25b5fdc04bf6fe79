package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Glob;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListStart;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.Listing;
import org.omtpdm.server.commands.ListingReader;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.reconcile.DeviceWords;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/**
 * {@code file.list}: lists a directory, to some depth, with filters. An unfiltered listing is kept,
 * directory by directory; what filters found is the command's result.
 */
public final class FileListPerformer implements CommandPerformer {

    private static final int MAXIMUM_RECORDS = 100_000;
    private static final int DEFAULT_RECORDS = 10_000;
    private static final int MAXIMUM_PAGES = 10_000;
    private static final int ITEMS_IN_RESULT = 1_000;
    private static final long MAXIMUM_SIZE = 1L << 53;

    private final FileStore store = new FileStore();
    private final Events events;

    public FileListPerformer(Events events) {
        this.events = events;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.FILE_LIST;
    }

    @Override
    public Permission permission() {
        return Permission.LIST_FILES;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.of(ObjectIds.FILE);
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("path", FilePaths.read(reader).toString());
        reader.optionalNumber("depth", 1, 16).ifPresent(depth -> json.put("depth", depth));
        reader.optionalText("name", 100).ifPresent(name -> json.put("name", glob(name).toString()));
        reader.optionalNumber("minSize", 0, MAXIMUM_SIZE)
                .ifPresent(size -> json.put("minSize", size));
        reader.optionalTime("modifiedSince")
                .ifPresent(time -> json.put("modifiedSince", time.toString()));
        reader.optionalText("sha256Prefix", 64)
                .ifPresent(hash -> json.put("sha256Prefix", prefix(hash).hex()));
        if (reader.flag("hidden")) {
            json.put("hidden", true);
        }
        if (reader.flag("withHash")) {
            json.put("withHash", true);
        }
        reader.optionalNumber("maximum", 1, MAXIMUM_RECORDS)
                .ifPresent(maximum -> json.put("maximum", maximum));
        reader.end();
        return json;
    }

    private static Glob glob(String name) {
        try {
            return new Glob(name);
        } catch (IllegalArgumentException e) {
            throw ArgumentReader.bad("name", e.getMessage());
        }
    }

    private static Sha256Prefix prefix(String hex) {
        try {
            return new Sha256Prefix(hex);
        } catch (IllegalArgumentException e) {
            throw ArgumentReader.bad("sha256Prefix", "expected 16 to 64 hexadecimal digits");
        }
    }

    @Override
    public String title(JsonNode arguments) {
        return (isFiltered(arguments) ? "Search " : "List ") + FilePaths.label(arguments);
    }

    private static boolean isFiltered(JsonNode arguments) {
        return arguments.has("name")
                || arguments.has("minSize")
                || arguments.has("modifiedSince")
                || arguments.has("sha256Prefix");
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        var counter = ResourcePath.of(ObjectIds.FILE, 0, ListingResources.CHANGE_COUNTER);
        var isDeep = depth(performance.arguments()) > 1;
        if (!isDeep) {
            return list(performance).thenApply(listing -> done(performance, listing, false));
        }
        return performance
                .read(counter)
                .thenApply(reading -> reading.value(counter))
                .thenCompose(
                        before ->
                                list(performance)
                                        .thenCompose(
                                                listing ->
                                                        compared(
                                                                performance,
                                                                counter,
                                                                before,
                                                                listing)));
    }

    private CompletableFuture<Outcome> compared(
            Performance performance,
            ResourcePath counter,
            Optional<ResourceValue> before,
            Listing<FileEntry> listing) {
        if (listing.windows() < 2) {
            return CompletableFuture.completedFuture(done(performance, listing, false));
        }
        return performance
                .read(counter)
                .thenApply(
                        after -> done(performance, listing, !after.value(counter).equals(before)));
    }

    private static int depth(JsonNode arguments) {
        return arguments.path("depth").asInt(1);
    }

    private static CompletableFuture<Listing<FileEntry>> list(Performance performance) {
        var arguments = performance.arguments();
        return new ListingReader<FileEntry>(
                        performance,
                        ObjectIds.FILE,
                        FileRecords.FORMAT,
                        entry -> entry.path().toString(),
                        start -> forDevice(arguments, start),
                        arguments.path("maximum").asInt(DEFAULT_RECORDS),
                        MAXIMUM_PAGES)
                .read();
    }

    private static ExecuteArguments forDevice(JsonNode arguments, ListStart start) {
        var flags = EnumSet.noneOf(ListFlag.class);
        if (arguments.path("hidden").asBoolean()) {
            flags.add(ListFlag.HIDDEN);
        }
        if (arguments.path("withHash").asBoolean()) {
            flags.add(ListFlag.HASH);
        }
        var options =
                new ListOptions(
                        Optional.ofNullable(arguments.get("name"))
                                .map(name -> new Glob(name.asText())),
                        start,
                        OptionalLong.empty(),
                        flags,
                        Optional.ofNullable(arguments.get("sha256Prefix"))
                                .map(hash -> new Sha256Prefix(hash.asText())));
        return new FileListArguments(
                        Optional.of(FilePaths.of(arguments)),
                        options,
                        arguments.path("minSize").asLong(0),
                        Optional.ofNullable(arguments.get("modifiedSince"))
                                .map(time -> Instant.parse(time.asText())),
                        depth(arguments),
                        Optional.empty())
                .toArguments();
    }

    private Outcome done(Performance performance, Listing<FileEntry> listing, boolean changed) {
        var arguments = performance.arguments();
        var count = listing.records().size();
        var result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("path", arguments.path("path").asText())
                        .put("found", count)
                        .put("complete", listing.complete())
                        .put("changedMeanwhile", changed)
                        .put("exchanges", listing.exchanges())
                        .put("bytes", listing.bytes());
        if (isFiltered(arguments)) {
            var items = result.putArray("items");
            listing.records().stream()
                    .limit(ITEMS_IN_RESULT)
                    .map(FileView::of)
                    .forEach(view -> items.add(Json.shared().<JsonNode>valueToTree(view)));
        }
        var text =
                count
                        + (count == 1 ? " entry" : " entries")
                        + (listing.complete() ? "" : ", and there are more")
                        + " in "
                        + listing.exchanges()
                        + " exchanges, "
                        + listing.bytes()
                        + " bytes";
        return new Outcome.Done(text)
                .withResult(result)
                .storing(tx -> keep(tx, performance, listing));
    }

    private void keep(Tx tx, Performance performance, Listing<FileEntry> listing) {
        var arguments = performance.arguments();
        var device = performance.device();
        if (!isFiltered(arguments)) {
            var directory = FilePaths.of(arguments);
            byDirectory(directory, depth(arguments), listing.records())
                    .forEach(
                            (path, entries) ->
                                    store.keep(tx, device.id(), path, listing.complete(), entries));
            store.trim(tx, device.id());
        }
        events.publish(
                tx,
                NewEvent.ofDevice(
                                "files.listed",
                                device.id(),
                                device.name()
                                        + ": "
                                        + DeviceWords.clean(arguments.path("path").asText())
                                        + " listed")
                        .with(
                                Map.of(
                                        "entries", listing.records().size(),
                                        "commandId", performance.commandId())));
    }

    /** What is known completely of each directory: those above the depth that was listed. */
    static Map<DevicePath, List<FileView>> byDirectory(
            DevicePath top, int depth, List<FileEntry> entries) {
        var directories = new LinkedHashMap<DevicePath, List<FileView>>();
        directories.put(top, new ArrayList<>());
        var seen = new HashSet<DevicePath>();
        for (var entry : entries) {
            var parent = entry.path().parent();
            if (parent.isEmpty() || !seen.add(entry.path()) || !isBelow(top, entry.path())) {
                continue;
            }
            directories
                    .computeIfAbsent(parent.get(), path -> new ArrayList<>())
                    .add(FileView.of(entry));
            if (entry.type() == FileType.DIRECTORY && level(top, entry.path()) < depth) {
                directories.computeIfAbsent(entry.path(), path -> new ArrayList<>());
            }
        }
        return directories;
    }

    private static boolean isBelow(DevicePath top, DevicePath path) {
        return path.root() == top.root()
                && (top.isRoot() || path.path().startsWith(top.path() + "/"));
    }

    private static int level(DevicePath top, DevicePath path) {
        var below = top.isRoot() ? path.path() : path.path().substring(top.path().length() + 1);
        return below.split("/", -1).length;
    }
}
