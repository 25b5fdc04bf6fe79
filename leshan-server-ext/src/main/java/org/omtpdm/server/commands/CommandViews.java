package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Page;

/** Turns stored commands into what a caller may see of them. */
final class CommandViews {

    private final DeviceDirectory devices;

    CommandViews(DeviceDirectory devices) {
        this.devices = devices;
    }

    Page<Command> page(
            Caller caller, Page<CommandRow> rows, Map<String, List<TimelineStep>> steps) {
        var ids = new LinkedHashSet<String>();
        rows.items().forEach(row -> ids.add(row.deviceId()));
        var names = devices.findAll(ids);
        return rows.map(
                row ->
                        view(
                                caller,
                                row,
                                steps.getOrDefault(row.id(), List.of()),
                                Optional.ofNullable(names.get(row.deviceId())),
                                false));
    }

    Command whole(Caller caller, CommandRow row, List<TimelineStep> steps) {
        return view(caller, row, steps, devices.find(row.deviceId()), true);
    }

    private static Command view(
            Caller caller,
            CommandRow row,
            List<TimelineStep> steps,
            Optional<ManagedDevice> device,
            boolean whole) {
        var mayKnow = mayKnow(caller, row.kind());
        var expected =
                device.filter(d -> row.state() == CommandState.WAITING && d.asleep())
                        .flatMap(ManagedDevice::nextWakeUp);
        return new Command(
                row.id(),
                row.deviceId(),
                row.endpoint(),
                device.map(ManagedDevice::name).orElse(row.endpoint()),
                row.jobId(),
                row.kind(),
                row.title(),
                Optional.of(row.arguments()).filter(arguments -> mayKnow),
                row.reason(),
                row.state(),
                row.cause(),
                row.requestedAt(),
                row.requestedBy(),
                row.expiresAt(),
                row.endedAt(),
                expected,
                row.progress().isPresent()
                        ? Optional.of(row.progress().getAsInt())
                        : Optional.empty(),
                row.result()
                        .filter(result -> mayKnow)
                        .map(result -> whole ? result : shortened(result)),
                timeline(row, steps, mayKnow),
                row.phase() == Phase.QUEUED,
                isRetryable(row));
    }

    /** Lists of commands leave out the long parts of results. */
    private static JsonNode shortened(JsonNode result) {
        return result instanceof ObjectNode object && object.has("items")
                ? object.deepCopy().without("items")
                : result;
    }

    /** What is in files' paths is for those who may list files. */
    private static boolean mayKnow(Caller caller, CommandKind kind) {
        return switch (kind) {
            case DEVICE_REFRESH, PROCESS_LIST, PROCESS_TERMINATE -> true;
            case FILE_LIST, FILE_STAT, FILE_FETCH, FILE_DELETE -> caller.may(Permission.LIST_FILES);
        };
    }

    private static List<TimelineStep> timeline(
            CommandRow row, List<TimelineStep> steps, boolean mayKnow) {
        var requested =
                TimelineStep.of(
                        row.requestedAt(),
                        StepKind.REQUESTED,
                        "Requested by "
                                + row.requestedBy()
                                + row.reason().map(why -> ": " + why).orElse(""));
        var all = new ArrayList<TimelineStep>();
        all.add(requested);
        Stream<TimelineStep> rest = steps.stream();
        if (!mayKnow) {
            rest =
                    rest.map(
                            step ->
                                    new TimelineStep(
                                            step.at(),
                                            step.step(),
                                            step.text(),
                                            step.code(),
                                            Optional.empty()));
        }
        rest.forEach(all::add);
        return all;
    }

    static boolean isRetryable(CommandRow row) {
        return !row.state().isOpen() && row.state() != CommandState.DONE && !row.superseded();
    }
}
