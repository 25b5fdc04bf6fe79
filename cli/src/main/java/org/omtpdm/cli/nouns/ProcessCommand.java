package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.Quantities;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.cli.shell.WaitOptions;
import org.omtpdm.cli.shell.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Processes that run on a device. */
@Command(name = "process", description = "Processes on a device: list, terminate")
public final class ProcessCommand extends Noun {

    @Command(description = "List the processes of a device as last known; --refresh asks it")
    int list(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Option(names = "--refresh", description = "Ask the device first") boolean refresh,
            @Option(
                            names = "--name",
                            paramLabel = "GLOB",
                            description = "Only names that match, with * and ?")
                    String name,
            @Option(
                            names = "--sort",
                            defaultValue = "pid",
                            description = "pid, cpu, memory or name (default: ${DEFAULT-VALUE})")
                    String sort) {
        String id = options.deviceId(device);
        JsonNode listed = options.api().get("/api/v1/devices/" + id + "/processes");
        if (refresh) {
            JsonNode asked =
                    options.api()
                            .post(
                                    "/api/v1/devices/" + id + "/refresh",
                                    Fields.body("what", "processes"));
            JsonNode ended = Work.await(options, waiting, asked);
            int code = Work.exitCode(waiting, ended);
            if (code != ExitCode.DONE) {
                throw new CommandFailure(code, Work.sentence(ended));
            }
            listed = options.api().get("/api/v1/devices/" + id + "/processes");
        }
        if (options.wantsJson()) {
            options.output().json(listed);
            return ExitCode.DONE;
        }
        if (!listed.path("supported").asBoolean(true)) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The device lacks object /" + listed.path("missingObject").asText());
        }
        options.output()
                .table(table(listed, name, sort), "No process list yet; ask with --refresh");
        if (listed.has("at")) {
            options.output()
                    .remark(
                            "As of "
                                    + Quantities.age(
                                            Instant.parse(listed.path("at").asText()),
                                            Instant.now())
                                    + (listed.path("changedMeanwhile").asBoolean()
                                            ? "; changed meanwhile"
                                            : ""));
        }
        return ExitCode.DONE;
    }

    private static Table table(JsonNode listed, String name, String sort) {
        Table table =
                new Table(
                        "PID", "PARENT", "USER", "STATE", "CPU %", "MEMORY", "STARTED", "", "NAME");
        var wanted = Globs.matching(name);
        java.util.stream.StreamSupport.stream(listed.path("items").spliterator(), false)
                .filter(process -> wanted.test(Fields.text(process, "name")))
                .sorted(order(sort))
                .forEach(
                        process ->
                                table.row(
                                        Fields.text(process, "pid"),
                                        Fields.text(process, "parentPid"),
                                        Fields.text(process, "user"),
                                        Fields.text(process, "state"),
                                        String.valueOf(process.path("cpuPermille").asInt() / 10.0),
                                        Fields.bytes(process, "memoryBytes"),
                                        Fields.age(process, "startedAt"),
                                        process.path("protected").asBoolean() ? "protected" : "",
                                        Fields.text(process, "name")));
        return table;
    }

    private static java.util.Comparator<JsonNode> order(String sort) {
        return switch (sort) {
            case "pid" ->
                    java.util.Comparator.comparingLong(process -> process.path("pid").asLong());
            case "cpu" ->
                    java.util.Comparator.comparingInt(
                            process -> -process.path("cpuPermille").asInt());
            case "memory" ->
                    java.util.Comparator.comparingLong(
                            process -> -process.path("memoryBytes").asLong());
            case "name" -> java.util.Comparator.comparing(process -> Fields.text(process, "name"));
            default ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "--sort " + SafeText.of(sort) + ": expected pid, cpu, memory or name");
        };
    }

    @Command(
            description = "Terminate a process",
            footer =
                    "%nThe device compares the start time, so that a process id used anew is never hit. Without --start-time the last known list gives it.")
    int terminate(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Parameters(paramLabel = "PID") long pid,
            @Option(
                            names = "--start-time",
                            paramLabel = "SECONDS",
                            description = "Unix seconds as listed")
                    Long startTime,
            @Option(names = "--forced", description = "At once, without asking the process")
                    boolean forced,
            @Option(
                            names = "--grace",
                            paramLabel = "SECONDS",
                            description = "How long the process may take, 0 to 60")
                    Integer grace,
            @Option(names = "--reason", required = true, description = "For the audit")
                    String reason) {
        String id = options.deviceId(device);
        String name = null;
        if (startTime == null) {
            JsonNode process = find(options.api().get("/api/v1/devices/" + id + "/processes"), pid);
            startTime = process.path("startTime").asLong();
            name = Fields.text(process, "name");
        }
        JsonNode command =
                options.api()
                        .post(
                                "/api/v1/devices/" + id + "/processes/" + pid + "/terminate",
                                Fields.body(
                                        "startTime", startTime,
                                        "name", name,
                                        "mode", forced ? "forced" : "graceful",
                                        "graceSeconds", grace,
                                        "reason", reason));
        return Work.finish(options, waiting, command);
    }

    private static JsonNode find(JsonNode listed, long pid) {
        for (JsonNode process : listed.path("items")) {
            if (process.path("pid").asLong() == pid) {
                return process;
            }
        }
        throw new CommandFailure(
                ExitCode.NOT_FOUND,
                "The last known list has no process "
                        + pid
                        + "; list anew with: dm process list --refresh");
    }
}
