package org.omtpdm.server.commands;

import static org.omtpdm.server.commands.ModelOperations.done;
import static org.omtpdm.server.commands.ModelOperations.refused;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessOperations;
import org.omtpdm.objects.process.ProcessRecords;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;

/** A device in memory that has Process and File Management and behaves as OBJECTS.md says. */
public final class ModelDevice {

    public final String endpoint;
    final ModelOperations.Traits traits = new ModelOperations.Traits();
    final ModelOperations processBlock = new ModelOperations(ObjectIds.PROCESS, traits);
    final ModelOperations fileBlock = new ModelOperations(ObjectIds.FILE, traits);
    public final TreeMap<Long, ProcessEntry> processes = new TreeMap<>();
    public final Set<Long> protectedPids = new HashSet<>(Set.of(1L));
    public final TreeMap<DevicePath, byte[]> files = new TreeMap<>();
    public final Set<ResourcePath> observed = new HashSet<>();

    /** Effects by what they did, counted: more than 1 means that something was done twice. */
    public final Map<String, Integer> effects = new HashMap<>();

    private Optional<StatResult> stat = Optional.empty();
    private byte[] slice = new byte[0];
    boolean registered = true;
    boolean neverSeen;
    boolean retired;
    boolean lacksObjects;
    boolean asleep;
    Instant lastHeard = Instant.EPOCH;
    Instant registeredAt = Instant.EPOCH;

    public ModelDevice(String endpoint) {
        this.endpoint = endpoint;
    }

    public ModelDevice with(long pid, String name) {
        processes.put(
                pid,
                new ProcessEntry(
                        pid,
                        1,
                        1000,
                        ProcessState.SLEEPING,
                        1,
                        2048,
                        Instant.ofEpochSecond(1_700_000_000L + pid),
                        name,
                        OptionalInt.empty(),
                        Optional.empty()));
        return this;
    }

    public ModelDevice withFile(String path, String content) {
        try {
            files.put(DevicePath.parse(path), content.getBytes(StandardCharsets.UTF_8));
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    /** A constrained device: small pages, one per window, no reading of resource instances. */
    public ModelDevice constrained() {
        traits.pageSize = 200;
        traits.windowPages = 1;
        return this;
    }

    public void readsInstances(boolean reads) {
        traits.readsInstances = reads;
    }

    /** Operations stay in state 1 until {@link #finish}. */
    public void slow(boolean slow) {
        traits.slow = slow;
    }

    public void finish() {
        processBlock.finish();
        fileBlock.finish();
    }

    void restart() {
        processBlock.restart();
        fileBlock.restart();
        observed.clear();
    }

    DeviceReply<Reading> handle(DeviceRequest request) {
        try {
            if (request instanceof DeviceRequest.Execute execute) {
                return execute(execute);
            }
            if (request instanceof DeviceRequest.ReadBytes read) {
                return read(read.path());
            }
            if (request instanceof DeviceRequest.Read read) {
                return read(read.path());
            }
            if (request instanceof DeviceRequest.ReadComposite read) {
                return readAll(read);
            }
            if (request instanceof DeviceRequest.Observe observe) {
                observed.add(observe.path());
                return read(observe.path());
            }
            if (request instanceof DeviceRequest.CancelObservation cancel) {
                observed.remove(cancel.path());
                return done();
            }
            return refused("4.05", "");
        } catch (BadArgumentsException e) {
            return refused("4.00", e.getMessage());
        }
    }

    private DeviceReply<Reading> readAll(DeviceRequest.ReadComposite request) {
        var values = new HashMap<ResourcePath, ResourceValue>();
        for (var path : request.paths()) {
            block(path).flatMap(block -> block.value(path)).ifPresent(v -> values.put(path, v));
        }
        return new DeviceReply.Answered<>(new Reading(Instant.EPOCH, values, false));
    }

    private Optional<ModelOperations> block(ResourcePath path) {
        var object = path.objectId().orElse(-1);
        return object == ObjectIds.PROCESS
                ? Optional.of(processBlock)
                : object == ObjectIds.FILE ? Optional.of(fileBlock) : Optional.empty();
    }

    private DeviceReply<Reading> read(ResourcePath path) {
        var block = block(path);
        if (block.isEmpty()) {
            return refused("4.04", "");
        }
        if (path.isResource() && path.resourceId().getAsInt() == ListingResources.PAGE) {
            var pages = new HashMap<ResourcePath, ResourceValue>();
            var window = block.get().window();
            for (int i = 0; i < window.size(); i++) {
                pages.put(path.child(i), new ResourceValue.Bytes(window.get(i)));
            }
            return new DeviceReply.Answered<>(new Reading(Instant.EPOCH, pages, false));
        }
        return block.get()
                .value(path)
                .or(() -> own(path))
                .<DeviceReply<Reading>>map(
                        value ->
                                new DeviceReply.Answered<>(
                                        new Reading(Instant.EPOCH, Map.of(path, value), false)))
                .orElseGet(() -> refused("4.04", ""));
    }

    private Optional<ResourceValue> own(ResourcePath path) {
        if (path.equals(ResourcePath.of(ObjectIds.FILE, 0, FileResources.STAT_RESULT))) {
            return stat.map(found -> new ResourceValue.Bytes(found.encode()));
        }
        if (path.equals(ResourcePath.of(ObjectIds.FILE, 0, FileResources.DATA))) {
            return Optional.of(new ResourceValue.Bytes(slice));
        }
        return Optional.empty();
    }

    private DeviceReply<Reading> execute(DeviceRequest.Execute execute)
            throws BadArgumentsException {
        var resource = execute.path().resourceId().orElse(-1);
        var payload = execute.arguments().getBytes(StandardCharsets.US_ASCII);
        if (execute.path().objectId().orElse(-1) == ObjectIds.PROCESS) {
            return switch (resource) {
                case ListingResources.LIST -> listProcesses(payload);
                case ProcessResources.TERMINATE -> terminate(payload);
                default -> refused("4.05", "");
            };
        }
        return switch (resource) {
            case ListingResources.LIST -> listFiles(payload);
            case FileResources.STAT -> stat(payload);
            case FileResources.FETCH -> fetch(payload);
            case FileResources.DELETE -> delete(payload);
            default -> refused("4.05", "");
        };
    }

    private DeviceReply<Reading> listProcesses(byte[] payload) throws BadArgumentsException {
        var arguments = ProcessListArguments.parse(payload);
        return processBlock.list(
                processes.values().stream().toList(),
                process -> Long.toString(process.pid()),
                Comparator.comparing(Long::parseLong),
                ProcessRecords.FORMAT,
                arguments.options(),
                arguments.correlator());
    }

    private DeviceReply<Reading> terminate(byte[] payload) throws BadArgumentsException {
        var arguments = ProcessOperations.TERMINATE.parse(payload);
        long pid = arguments.get(ProcessOperations.PID);
        var start = arguments.get(ProcessOperations.START_TIME);
        return processBlock.run(
                ProcessResources.TERMINATE,
                arguments.find(ExecuteArguments.CORRELATOR),
                () -> {
                    var process = processes.get(pid);
                    if (protectedPids.contains(pid)) {
                        return OperationResult.TARGET_PROTECTED;
                    }
                    if (process == null) {
                        return OperationResult.TARGET_NOT_FOUND;
                    }
                    if (!process.startTime().equals(start)) {
                        return OperationResult.TARGET_CHANGED;
                    }
                    processes.remove(pid);
                    effects.merge("terminate " + pid, 1, Integer::sum);
                    return OperationResult.OK;
                });
    }

    private DeviceReply<Reading> listFiles(byte[] payload) throws BadArgumentsException {
        var arguments = FileListArguments.parse(payload);
        var directory = arguments.directory().orElse(new DevicePath(0, ""));
        if (files.containsKey(directory)) {
            return fileBlock.failList(OperationResult.NOT_A_DIRECTORY, arguments.correlator());
        }
        var entries = new TreeMap<DevicePath, FileEntry>();
        files.forEach((path, content) -> addAll(entries, directory, arguments, path, content));
        var matches =
                entries.values().stream()
                        .filter(
                                entry ->
                                        arguments
                                                .options()
                                                .name()
                                                .map(glob -> glob.matches(entry.path().name()))
                                                .orElse(true))
                        .filter(entry -> entry.size() >= arguments.minimumSize())
                        .toList();
        return fileBlock.list(
                matches,
                entry -> entry.path().toString(),
                Comparator.comparing(ModelDevice::path),
                FileRecords.FORMAT,
                arguments.options(),
                arguments.correlator());
    }

    private static DevicePath path(String text) {
        try {
            return DevicePath.parse(text);
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void addAll(
            Map<DevicePath, FileEntry> entries,
            DevicePath directory,
            FileListArguments arguments,
            DevicePath path,
            byte[] content) {
        if (path.root() != directory.root()
                || !directory.isRoot() && !path.path().startsWith(directory.path() + "/")) {
            return;
        }
        var parent = path.parent();
        while (parent.isPresent() && !parent.get().equals(directory)) {
            add(
                    entries,
                    directory,
                    arguments,
                    new FileEntry(
                            parent.get(),
                            FileType.DIRECTORY,
                            0,
                            Instant.ofEpochSecond(1_700_000_000),
                            Optional.empty()));
            parent = parent.get().parent();
        }
        if (parent.isPresent()) {
            add(
                    entries,
                    directory,
                    arguments,
                    new FileEntry(
                            path,
                            FileType.FILE,
                            content.length,
                            Instant.ofEpochSecond(1_700_000_000),
                            Optional.empty()));
        }
    }

    private static void add(
            Map<DevicePath, FileEntry> entries,
            DevicePath directory,
            FileListArguments arguments,
            FileEntry entry) {
        var below = entry.path().path().substring(directory.path().length());
        var depth = below.replaceFirst("^/", "").split("/").length;
        if (depth <= arguments.depth()) {
            entries.put(entry.path(), entry);
        }
    }

    private DeviceReply<Reading> stat(byte[] payload) throws BadArgumentsException {
        var arguments = FileOperations.STAT.parse(payload);
        var path = arguments.get(FileOperations.PATH);
        return fileBlock.run(
                FileResources.STAT,
                arguments.find(ExecuteArguments.CORRELATOR),
                () -> {
                    var content = files.get(path);
                    if (content == null) {
                        return OperationResult.TARGET_NOT_FOUND;
                    }
                    stat =
                            Optional.of(
                                    new StatResult(
                                            path,
                                            FileType.FILE,
                                            content.length,
                                            Instant.ofEpochSecond(1_700_000_000),
                                            OptionalInt.of(0644),
                                            Optional.of(Sha256Prefix.of(sha256(content))),
                                            OptionalInt.empty()));
                    return OperationResult.OK;
                });
    }

    private DeviceReply<Reading> fetch(byte[] payload) throws BadArgumentsException {
        var arguments = FileOperations.FETCH.parse(payload);
        var path = arguments.get(FileOperations.PATH);
        var offset = arguments.find(FileOperations.FETCH_OFFSET).orElse(0L);
        var length = arguments.find(FileOperations.FETCH_LENGTH).orElse(4096L);
        return fileBlock.run(
                FileResources.FETCH,
                arguments.find(ExecuteArguments.CORRELATOR),
                () -> {
                    var content = files.get(path);
                    if (content == null) {
                        return OperationResult.TARGET_NOT_FOUND;
                    }
                    var from = (int) Math.min(content.length, offset);
                    var to = (int) Math.min(content.length, offset + length);
                    slice = java.util.Arrays.copyOfRange(content, from, to);
                    return OperationResult.OK;
                });
    }

    private DeviceReply<Reading> delete(byte[] payload) throws BadArgumentsException {
        var arguments = FileOperations.DELETE.parse(payload);
        var path = arguments.get(FileOperations.PATH);
        var guard = arguments.find(FileOperations.EXPECTED_HASH);
        return fileBlock.run(
                FileResources.DELETE,
                arguments.find(ExecuteArguments.CORRELATOR),
                () -> {
                    var content = files.get(path);
                    if (content == null) {
                        return OperationResult.TARGET_NOT_FOUND;
                    }
                    if (guard.isPresent()
                            && !guard.get().equals(Sha256Prefix.of(sha256(content)))) {
                        return OperationResult.TARGET_CHANGED;
                    }
                    files.remove(path);
                    effects.merge("delete " + path, 1, Integer::sum);
                    return OperationResult.OK;
                });
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
