package org.omtpdm.server.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.DeviceOperation;
import org.omtpdm.server.commands.DeviceOperation.Report;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.processes.TerminateArguments.Target;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Tx;

/**
 * {@code process.terminate}: ends processes, named by pid and start time, one after the other;
 * waits for the device's report, and checks that they are gone.
 */
public final class TerminatePerformer implements CommandPerformer {

    /** Beyond the grace the device was given. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ProcessStore store = new ProcessStore();
    private final Events events;

    public TerminatePerformer(Events events) {
        this.events = events;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.PROCESS_TERMINATE;
    }

    @Override
    public Permission permission() {
        return Permission.OPERATE;
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.of(ObjectIds.PROCESS);
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        return TerminateArguments.ofCommand(arguments).toJson();
    }

    @Override
    public JsonNode validateForJob(JsonNode arguments) {
        return TerminateArguments.ofJob(arguments).toJson();
    }

    @Override
    public String title(JsonNode arguments) {
        var read = TerminateArguments.ofCommand(arguments);
        var targets = read.targets();
        return targets.size() == 1
                ? "Terminate " + targets.get(0).label()
                : "Terminate "
                        + targets.size()
                        + " processes named "
                        + read.pattern().map(Object::toString).orElse("differently");
    }

    @Override
    public String jobTitle(JsonNode arguments) {
        return "Terminate every process named "
                + TerminateArguments.ofJob(arguments).pattern().orElseThrow();
    }

    @Override
    public Map<String, Prepared> prepare(
            Handle handle, List<ManagedDevice> devices, JsonNode arguments) {
        var wanted = TerminateArguments.ofJob(arguments);
        var ids = devices.stream().map(ManagedDevice::id).toList();
        var listed = store.listed(handle, ids);
        var found = store.matching(handle, ids, wanted.pattern().orElseThrow());
        var prepared = new HashMap<String, Prepared>();
        for (var id : ids) {
            var matches = found.getOrDefault(id, List.of());
            if (!listed.contains(id)) {
                prepared.put(id, new Prepared.Excluded("its processes were never listed"));
            } else if (matches.isEmpty()) {
                prepared.put(id, new Prepared.Excluded("no such process in its last list"));
            } else if (matches.size() > TerminateArguments.MAXIMUM_TARGETS) {
                prepared.put(id, new Prepared.Excluded("more than 100 such processes"));
            } else {
                var targets =
                        matches.stream()
                                .map(
                                        match ->
                                                new Target(
                                                        match.process().pid(),
                                                        match.process().startTime(),
                                                        match.name()))
                                .toList();
                prepared.put(id, new Prepared.Included(wanted.onTargets(targets).toJson()));
            }
        }
        return prepared;
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        return go(performance, false);
    }

    @Override
    public CompletableFuture<Outcome> recover(Performance performance) {
        return go(performance, true);
    }

    private CompletableFuture<Outcome> go(Performance performance, boolean sent) {
        var arguments = TerminateArguments.ofCommand(performance.arguments());
        var so = Progress.of(performance.memo());
        return next(performance, arguments, so, sent);
    }

    private CompletableFuture<Outcome> next(
            Performance performance, TerminateArguments arguments, Progress so, boolean sent) {
        if (so.index() >= arguments.targets().size()) {
            return CompletableFuture.completedFuture(summary(performance, arguments, so));
        }
        var target = arguments.targets().get(so.index());
        var operation = operation(arguments);
        var payload = arguments.forDevice(target);
        var reported =
                so.report().isPresent()
                        ? CompletableFuture.completedFuture(so.report().get())
                        : sent
                                ? operation.resume(performance, payload)
                                : operation.begin(performance, payload, so.toJson());
        return reported.thenApply(report -> remembered(performance, so, report))
                .thenCompose(report -> judge(performance, operation, target, report))
                .thenCompose(
                        verdict ->
                                arguments.targets().size() == 1
                                        ? CompletableFuture.completedFuture(
                                                verdict.outcome(this, performance, target))
                                        : performance
                                                .giveWay()
                                                .thenCompose(
                                                        turn ->
                                                                next(
                                                                        performance,
                                                                        arguments,
                                                                        so.after(target, verdict),
                                                                        false)));
    }

    /** The check below lists, which may hide the report from a later go. */
    private static Report remembered(Performance performance, Progress so, Report report) {
        if (so.report().isEmpty() && report.succeeded()) {
            performance.remember(so.reported(report).toJson());
        }
        return report;
    }

    private static DeviceOperation operation(TerminateArguments arguments) {
        return new DeviceOperation(
                ObjectIds.PROCESS,
                ProcessResources.TERMINATE,
                true,
                Duration.ofSeconds(arguments.graceSeconds()).plus(MARGIN));
    }

    /** What the device's report means for one process. */
    private CompletableFuture<Verdict> judge(
            Performance performance, DeviceOperation operation, Target target, Report report) {
        var code = operation.code(report);
        if (report.succeeded()) {
            return ProcessCheck.isGone(performance, target)
                    .thenApply(
                            gone ->
                                    gone.isPresent() && !gone.get()
                                            ? Verdict.failed(
                                                    "The device says that it ended the process, but"
                                                            + " the process is still there",
                                                    code)
                                            : Verdict.ended(gone.isPresent(), code));
        }
        var words = words(report);
        var verdict = Verdict.failed(words, code);
        return CompletableFuture.completedFuture(
                report.known().orElse(null) == OperationResult.TARGET_PROTECTED
                        ? verdict.isProtected()
                        : verdict);
    }

    private static String words(Report report) {
        var words =
                switch (report.known().orElse(OperationResult.UNSPECIFIED)) {
                    case TARGET_NOT_FOUND -> "There is no such process any more";
                    case TARGET_CHANGED ->
                            "The process has ended and another one has its number; nothing was done";
                    case TARGET_PROTECTED -> "The process is protected";
                    case TIMEOUT -> "The process did not end in time";
                    default -> {
                        var text = OperationResult.describe(report.result());
                        yield text.substring(0, text.length() - 1);
                    }
                };
        return report.detail().isEmpty() ? words : words + " (" + report.detail() + ")";
    }

    /** How it went with one process. @param checked whether it was seen to be gone */
    record Verdict(boolean ended, boolean checked, boolean shielded, String words, String code) {

        static Verdict ended(boolean checked, String code) {
            return new Verdict(true, checked, false, "", code);
        }

        static Verdict failed(String words, String code) {
            return new Verdict(false, false, false, words, code);
        }

        Verdict isProtected() {
            return new Verdict(ended, checked, true, words, code);
        }

        Outcome outcome(TerminatePerformer performer, Performance performance, Target target) {
            var device = performance.device();
            if (!ended) {
                return new Outcome.Refused(
                        words,
                        Optional.of(code),
                        tx -> {
                            if (shielded) {
                                performer.store.protect(tx, device.id(), identity(target));
                            }
                        });
            }
            return new Outcome.Done(
                    checked,
                    checked ? "The process is gone" : "The device ended the process",
                    Optional.of(code),
                    Optional.empty(),
                    tx -> performer.gone(tx, device, List.of(target)));
        }
    }

    private static ProcessStore.Identity identity(Target target) {
        return new ProcessStore.Identity(target.pid(), target.startTime());
    }

    private void gone(Tx tx, ManagedDevice device, List<Target> targets) {
        targets.forEach(target -> store.remove(tx, device.id(), identity(target)));
        if (!targets.isEmpty()) {
            var what = targets.size() == 1 ? targets.get(0).label() : targets.size() + " processes";
            events.publish(
                    tx,
                    NewEvent.ofDevice(
                                    "processes.listed",
                                    device.id(),
                                    device.name() + ": " + what + " ended")
                            .with(Map.of("ended", targets.size())));
        }
    }

    /** What came of several processes. */
    private Outcome summary(Performance performance, TerminateArguments arguments, Progress so) {
        var all = arguments.targets().size();
        var failures = so.failures();
        var result = JsonNodeFactory.instance.objectNode().put("ended", all - failures.size());
        result.set("failures", failures);
        if (failures.isEmpty()) {
            return new Outcome.Done("All " + all + " processes are gone")
                    .withResult(result)
                    .storing(tx -> keep(tx, performance.device(), arguments, failures));
        }
        var first = failures.get(0).get("cause").asText();
        return new Outcome.Refused(
                failures.size() == all ? first : "Some processes: " + first,
                Optional.of(failures.get(0).get("code").asText()),
                tx -> keep(tx, performance.device(), arguments, failures));
    }

    private void keep(
            Tx tx, ManagedDevice device, TerminateArguments arguments, ArrayNode failures) {
        var failed = new HashMap<Long, JsonNode>();
        failures.forEach(failure -> failed.put(failure.get("pid").asLong(), failure));
        for (var target : arguments.targets()) {
            if (failed.containsKey(target.pid())
                    && failed.get(target.pid()).path("protected").asBoolean()) {
                store.protect(tx, device.id(), identity(target));
            }
        }
        gone(
                tx,
                device,
                arguments.targets().stream()
                        .filter(target -> !failed.containsKey(target.pid()))
                        .toList());
    }

    /**
     * How far a command is; committed with each intent.
     *
     * @param index the process that is next, or was sent last
     * @param report what the device said of it, once that is known
     */
    record Progress(int index, ArrayNode failures, Optional<Report> report) {

        static Progress of(Optional<JsonNode> memo) {
            return memo.map(Progress::read)
                    .orElseGet(
                            () ->
                                    new Progress(
                                            0,
                                            JsonNodeFactory.instance.arrayNode(),
                                            Optional.empty()));
        }

        private static Progress read(JsonNode json) {
            var result = json.path("result").asLong(-1);
            return new Progress(
                    json.path("index").asInt(),
                    ((ArrayNode) json.path("failures")).deepCopy(),
                    result < 0
                            ? Optional.empty()
                            : Optional.of(new Report(OperationState.SUCCEEDED, result, "")));
        }

        Progress reported(Report seen) {
            return new Progress(index, failures, Optional.of(seen));
        }

        Progress after(Target target, Verdict verdict) {
            var more = failures.deepCopy();
            if (!verdict.ended()) {
                more.addObject()
                        .put("pid", target.pid())
                        .put("name", target.name())
                        .put("cause", verdict.words())
                        .put("code", verdict.code())
                        .put("protected", verdict.shielded());
            }
            return new Progress(index + 1, more, Optional.empty());
        }

        ObjectNode toJson() {
            var json = JsonNodeFactory.instance.objectNode().put("index", index);
            json.set("failures", failures);
            report.ifPresent(seen -> json.put("result", seen.result()));
            return json;
        }
    }
}
