package org.omtpdm.client.file;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.omtpdm.client.listing.ListingBlock;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.client.operation.Effect;
import org.omtpdm.client.operation.OperationBlock;
import org.omtpdm.client.operation.Outcome;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.file.StatResult;

/**
 * File Management (OBJECTS.md C.4), over {@link DeviceFiles}: listing, stat, fetch and delete.
 * Thread-safe.
 */
public final class FileObject extends SharedObject {

    private static final int INSTANCE = 0;
    private static final long MAXIMUM_SLICE = 4096;
    private static final Duration DATA_KEPT = Duration.ofSeconds(60);

    /** A fetched slice and since when it is kept. */
    private record Slice(byte[] bytes, Instant fetched) {}

    /** Reads an operation's own arguments and makes its effect. */
    @FunctionalInterface
    private interface EffectOf {
        Effect make(Requester who, ExecuteArguments arguments) throws BadArgumentsException;
    }

    private final DeviceContext context;
    private final DeviceFiles files;
    private final OperationBlock operations;
    private final ListingBlock<FileEntry> listing;
    private final TreeFingerprint fingerprint;
    private volatile Optional<StatResult> statResult = Optional.empty();
    private volatile Optional<Slice> data = Optional.empty();

    public FileObject(DeviceContext context, DeviceFiles files) throws IOException {
        super(context.model(ObjectIds.FILE));
        this.context = context;
        this.files = files;
        this.fingerprint = new TreeFingerprint(files, context.changes(), id(), INSTANCE);
        this.operations = new OperationBlock(context, id(), INSTANCE);
        this.listing =
                new ListingBlock<>(
                        context,
                        id(),
                        INSTANCE,
                        FileRecords.FORMAT,
                        operations,
                        fingerprint::changeCounter);
        addInstance(INSTANCE, resources());
    }

    private ResourceTable resources() {
        ResourceTable resources =
                new ResourceTable()
                        .texts(FileResources.ROOT, this::labels)
                        .unsigneds(
                                FileResources.ROOT_FREE, () -> perRoot(root -> space(root).free()))
                        .unsigneds(
                                FileResources.ROOT_TOTAL,
                                () -> perRoot(root -> space(root).total()))
                        .unsigneds(
                                FileResources.ROOT_RIGHTS,
                                () ->
                                        perRoot(
                                                root ->
                                                        RootRight.bitsOf(
                                                                files.roots().get(root).rights())))
                        .execute(
                                FileResources.STAT,
                                operation(FileResources.STAT, FileOperations.STAT, this::stat))
                        .opaque(
                                FileResources.STAT_RESULT,
                                () -> statResult.map(StatResult::encode).orElse(new byte[0]))
                        .execute(
                                FileResources.FETCH,
                                operation(FileResources.FETCH, FileOperations.FETCH, this::fetch))
                        .opaque(FileResources.DATA, this::data)
                        .execute(
                                FileResources.DELETE,
                                operation(
                                        FileResources.DELETE, FileOperations.DELETE, this::delete))
                        .execute(ListingResources.LIST, this::list);
        listing.addTo(resources);
        operations.addTo(resources);
        return resources;
    }

    private Map<Integer, String> labels() {
        Map<Integer, String> labels = new TreeMap<>();
        files.roots().forEach(root -> labels.put(labels.size(), root.label()));
        return labels;
    }

    private Map<Integer, Long> perRoot(ToLongFunction<Integer> value) {
        Map<Integer, Long> values = new TreeMap<>();
        for (int root = 0; root < files.roots().size(); root++) {
            values.put(root, value.applyAsLong(root));
        }
        return values;
    }

    private DeviceFiles.Space space(int root) {
        try {
            return files.space(root);
        } catch (FileProblem e) {
            return new DeviceFiles.Space(0, 0);
        }
    }

    private org.omtpdm.client.object.Resource.Executor operation(
            int resourceId, ArgumentRules rules, EffectOf effect) {
        return (who, payload) -> {
            try {
                ExecuteArguments arguments = rules.parse(payload);
                operations.run(
                        who,
                        resourceId,
                        arguments.find(ExecuteArguments.CORRELATOR),
                        effect.make(who, arguments));
            } catch (BadArgumentsException e) {
                throw Refusal.badRequest(e.getMessage());
            }
        };
    }

    private Effect stat(Requester who, ExecuteArguments arguments) throws BadArgumentsException {
        DevicePath path = arguments.get(FileOperations.PATH);
        boolean withHash = arguments.find(FileOperations.WITH_HASH).orElse(0L) == 1;
        return progress -> {
            statResult = Optional.empty();
            try {
                check(path, RootRight.LIST);
                FoundFile found = files.stat(path);
                Optional<Sha256Prefix> digest =
                        withHash && found.type() == FileType.FILE
                                ? Optional.of(files.digest(path, progress::isCancelled))
                                : Optional.empty();
                statResult =
                        Optional.of(
                                new StatResult(
                                        path,
                                        found.type(),
                                        FileFacts.size(found),
                                        FileFacts.time(found),
                                        OptionalInt.of(found.mode()),
                                        digest,
                                        OptionalInt.empty()));
                return Outcome.ok();
            } catch (FileProblem e) {
                return Outcome.of(e.result(), e.getMessage());
            } finally {
                context.changes().resources(id(), INSTANCE, FileResources.STAT_RESULT);
            }
        };
    }

    private Effect fetch(Requester who, ExecuteArguments arguments) throws BadArgumentsException {
        DevicePath path = arguments.get(FileOperations.PATH);
        long offset = arguments.find(FileOperations.FETCH_OFFSET).orElse(0L);
        long length = arguments.find(FileOperations.FETCH_LENGTH).orElse(MAXIMUM_SLICE);
        return progress -> {
            data = Optional.empty();
            try {
                check(path, RootRight.READ);
                data =
                        Optional.of(
                                new Slice(
                                        files.read(path, offset, (int) length),
                                        context.clock().instant()));
                return Outcome.ok();
            } catch (FileProblem e) {
                return Outcome.of(e.result(), e.getMessage());
            }
        };
    }

    private byte[] data() {
        Instant tooOld = context.clock().instant().minus(DATA_KEPT);
        if (data.isPresent() && data.get().fetched().isBefore(tooOld)) {
            data = Optional.empty();
        }
        return data.map(Slice::bytes).orElse(new byte[0]);
    }

    private Effect delete(Requester who, ExecuteArguments arguments) throws BadArgumentsException {
        Deletion deletion =
                new Deletion(
                        files,
                        arguments.get(FileOperations.PATH),
                        arguments.find(FileOperations.RECURSIVE).orElse(0L) == 1,
                        arguments.find(FileOperations.EXPECTED_HASH));
        return progress -> {
            Outcome outcome = deletion.run(progress);
            if (outcome.result() == OperationResult.OK
                    || outcome.result() == OperationResult.PARTIAL) {
                fingerprint.changed();
            }
            return outcome;
        };
    }

    private void check(DevicePath path, RootRight right) throws FileProblem {
        if (path.root() < files.roots().size() && !files.roots().get(path.root()).allows(right)) {
            throw new FileProblem(OperationResult.NO_READ_RIGHT, "this root does not allow it");
        }
    }

    private void list(Requester who, byte[] payload) throws Refusal {
        FileListArguments wanted;
        try {
            wanted = FileListArguments.parse(payload);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        listing.list(
                who,
                wanted.options(),
                wanted.correlator(),
                progress -> new FileMatches(files, wanted, progress));
    }

    @Override
    public void stop() {
        operations.stop();
    }

    /** Looks whether files have changed and tells observers; called every minute. */
    public void look() {
        fingerprint.look();
        context.changes().resources(id(), INSTANCE, FileResources.ROOT_FREE);
    }
}
