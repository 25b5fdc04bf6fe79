package org.omtpdm.server.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.commands.Command;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.commands.ReportedValues;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Database;

/** The door to processes of devices. Thread-safe. */
public final class ProcessService {

    private static final long INIT = 1;
    private static final long KERNEL = 2;

    private final Database database;
    private final DeviceDirectory devices;
    private final CommandService commands;
    private final ReportedValues reported;
    private final ProcessStore store = new ProcessStore();

    public ProcessService(
            Database database,
            DeviceDirectory devices,
            CommandService commands,
            ReportedValues reported) {
        this.database = database;
        this.devices = devices;
        this.commands = commands;
        this.reported = reported;
    }

    /**
     * The last list a device gave; costs the device nothing.
     *
     * @throws ManagementException {@code DEVICE_UNKNOWN}
     */
    public ProcessList list(Caller caller, String deviceId) {
        var device =
                devices.find(deviceId)
                        .filter(found -> caller.scope().includes(found.id()))
                        .orElseThrow(
                                () ->
                                        new ManagementException(
                                                ErrorCode.DEVICE_UNKNOWN,
                                                "There is no such device"));
        var supported = device.objects().contains(ObjectIds.PROCESS);
        var shielded = shieldedNames(deviceId);
        return database.read(
                handle -> {
                    var facts = store.facts(handle, deviceId);
                    var refused = store.protectedOnes(handle, deviceId);
                    var items =
                            store.list(handle, deviceId).stream()
                                    .map(entry -> view(entry, shielded, refused))
                                    .toList();
                    return new ProcessList(
                            supported,
                            supported ? Optional.empty() : Optional.of(ObjectIds.PROCESS),
                            facts.map(ProcessStore.ListFacts::at),
                            facts.map(ProcessStore.ListFacts::complete),
                            facts.map(ProcessStore.ListFacts::exchanges),
                            facts.map(ProcessStore.ListFacts::bytes),
                            facts.map(ProcessStore.ListFacts::changedMeanwhile),
                            known(deviceId, ProcessResources.PROCESS_COUNT),
                            known(deviceId, ProcessResources.CPU_LOAD),
                            known(deviceId, ProcessResources.MEMORY_USED),
                            lastExit(deviceId),
                            items,
                            commands.underWay(deviceId, CommandKind.PROCESS_LIST));
                });
    }

    /**
     * Asks the device for its processes.
     *
     * @throws ManagementException as {@link CommandService#request}
     */
    public Command refresh(Caller caller, String deviceId) {
        return commands.request(
                caller,
                deviceId,
                CommandKind.PROCESS_LIST,
                JsonNodeFactory.instance.objectNode(),
                Optional.empty(),
                Optional.empty());
    }

    private static ResourcePath resource(int id) {
        return ResourcePath.of(ObjectIds.PROCESS, 0, id);
    }

    private Optional<ReportedValues.Known> known(String deviceId, int resourceId) {
        return reported.at(deviceId, resource(resourceId)).map(ReportedValues.Reported::toKnown);
    }

    private Set<String> shieldedNames(String deviceId) {
        var names = new HashSet<String>();
        reported.below(deviceId, resource(ProcessResources.PROTECTED_NAME))
                .forEach(value -> names.add(value.value().toString()));
        return names;
    }

    private Optional<Exit> lastExit(String deviceId) {
        return reported.at(deviceId, resource(ProcessResources.LAST_EXIT))
                .filter(value -> value.value() instanceof ResourceValue.Bytes)
                .flatMap(value -> exit(((ResourceValue.Bytes) value.value()).content()));
    }

    private static Optional<Exit> exit(byte[] document) {
        try {
            var exit = LastExit.decode(document);
            return Optional.of(
                    new Exit(exit.pid(), exit.name(), exit.code(), exit.signal(), exit.time()));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    private static Process view(
            ProcessEntry entry, Set<String> shielded, Set<ProcessStore.Identity> refused) {
        var startTime = entry.startTime().getEpochSecond();
        var isProtected =
                entry.pid() == INIT
                        || entry.pid() == KERNEL
                        || entry.parent() == KERNEL
                        || shielded.contains(entry.name())
                        || refused.contains(new ProcessStore.Identity(entry.pid(), startTime));
        return new Process(
                entry.pid(),
                entry.parent(),
                entry.uid(),
                state(entry.state()),
                entry.cpuPermille(),
                entry.rssKiB() * 1024,
                entry.startTime(),
                startTime,
                entry.name(),
                entry.packageInstance().isPresent()
                        ? Optional.of(
                                "/" + ObjectIds.SOFTWARE + "/" + entry.packageInstance().getAsInt())
                        : Optional.empty(),
                entry.hash().map(Sha256Prefix::hex),
                isProtected);
    }

    private static String state(ProcessState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** {@code ProcessList} of {@code openapi.yaml}. */
    public record ProcessList(
            boolean supported,
            Optional<Integer> missingObject,
            Optional<Instant> at,
            Optional<Boolean> complete,
            Optional<Integer> exchanges,
            Optional<Integer> bytes,
            Optional<Boolean> changedMeanwhile,
            Optional<ReportedValues.Known> processCount,
            Optional<ReportedValues.Known> cpuLoad,
            Optional<ReportedValues.Known> memoryUsed,
            Optional<Exit> lastExit,
            List<Process> items,
            Optional<String> listing) {

        public ProcessList {
            items = List.copyOf(items);
        }
    }

    /** The last abnormal end of a process. */
    public record Exit(long pid, String name, long code, int signal, Instant at) {}

    /** {@code Process} of {@code openapi.yaml}. */
    public record Process(
            long pid,
            long parentPid,
            long user,
            String state,
            int cpuPermille,
            long memoryBytes,
            Instant startedAt,
            long startTime,
            String name,
            @JsonProperty("package") Optional<String> packageName,
            Optional<String> hash8,
            @JsonProperty("protected") boolean isProtected) {}
}
