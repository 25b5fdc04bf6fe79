package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.cli.shell.WaitOptions;
import org.omtpdm.cli.shell.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One command on many devices. */
@Command(
        name = "job",
        description = "One command on many devices: list, show, create, cancel, retry")
public final class JobCommand extends Noun {

    @Command(description = "List jobs, newest first")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Option(names = "--state", description = "running, finished or cancelled")
                    String state) {
        JsonNode page = options.api().get("/api/v1/jobs", paging.query("state", state));
        return print(
                options,
                page,
                "No jobs.",
                new Table("ID", "WHAT", "STATE", "DEVICES", "OUTCOME", "CREATED", "BY"),
                (table, job) ->
                        table.row(
                                Fields.text(job, "id"),
                                Fields.text(job, "title"),
                                Fields.text(job, "state"),
                                Fields.text(job, "total"),
                                counts(job),
                                Fields.age(job, "createdAt"),
                                Fields.text(job, "createdBy")));
    }

    private static String counts(JsonNode job) {
        StringBuilder text = new StringBuilder();
        for (JsonNode counted : job.path("counts")) {
            if (counted.path("count").asInt() > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(counted.path("count").asInt())
                        .append(' ')
                        .append(Fields.text(counted, "state"));
            }
        }
        return text.toString();
    }

    @Command(description = "Show one job with the causes of what failed")
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        JsonNode job = options.api().get("/api/v1/jobs/" + ApiClient.segment(id));
        if (options.wantsJson()) {
            options.output().json(job);
            return ExitCode.DONE;
        }
        options.output()
                .line(
                        SafeText.of(
                                Fields.text(job, "title")
                                        + ", "
                                        + Fields.text(job, "state")
                                        + ": "
                                        + counts(job)));
        Table table = new Table("DEVICES", "DID NOT SUCCEED BECAUSE");
        job.path("causes")
                .forEach(
                        cause ->
                                table.row(
                                        Fields.text(cause, "count"), Fields.text(cause, "cause")));
        options.output().table(table, "Nothing failed.");
        return ExitCode.DONE;
    }

    @Command(
            description = "Create a job over a selection that is frozen now",
            footer = {
                "%nFor example, on all that are online:",
                "  dm job create device.refresh --argument what=facts --state Online",
                "  dm job create process.terminate --argument 'name=miner*' --query kiosk --reason 'CERT 2026-11'"
            })
    int create(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(
                            paramLabel = "KIND",
                            description =
                                    "device.refresh, process.list, process.terminate, file.list, file.stat, file.fetch or file.delete")
                    String kind,
            @Option(
                            names = "--argument",
                            paramLabel = "NAME=VALUE",
                            description =
                                    "As for the single command; may be repeated. JSON values are taken as such")
                    Map<String, String> arguments,
            @Option(names = "--device", description = DEVICE + "; may be repeated")
                    List<String> devices,
            @Option(
                            names = "--query",
                            paramLabel = "WORDS",
                            description = "All devices that match these words")
                    String query,
            @Option(names = "--state", description = "All devices in this state; may be repeated")
                    List<String> states,
            @Option(names = "--firmware", description = "All devices with this firmware version")
                    String firmware,
            @Option(names = "--model", description = "All devices of this model") String model,
            @Option(names = "--all", description = "All devices") boolean all,
            @Option(names = "--reason", description = "For the audit") String reason,
            @Option(
                            names = "--expires",
                            paramLabel = "SECONDS",
                            description = "Give up what wasn't sent by then")
                    Long expires,
            @Option(names = "--preview", description = "Only say how many of whom")
                    boolean preview) {
        Map<String, Object> filter =
                Fields.body(
                        "q",
                        query,
                        "state",
                        Fields.orNull(states),
                        "firmware",
                        firmware,
                        "model",
                        model);
        boolean named = devices != null && !devices.isEmpty();
        if (!named && filter.isEmpty() && !all) {
            throw options.usage(
                    "Which devices? Name them with --device, filter them, or say --all");
        }
        if (named && (!filter.isEmpty() || all)) {
            throw options.usage("Either --device or a filter, not both");
        }
        Map<String, Object> body =
                Fields.body(
                        "kind", kind,
                        "arguments", arguments == null ? null : values(arguments),
                        "selection",
                                named
                                        ? Map.of(
                                                "devices",
                                                devices.stream().map(options::deviceId).toList())
                                        : Map.of("filter", filter),
                        "reason", reason,
                        "expiresInSeconds", expires);
        if (preview) {
            return preview(options, body);
        }
        return Work.finishJob(options, waiting, options.api().post("/api/v1/jobs", body));
    }

    private static int preview(ApiOptions options, Map<String, Object> body) {
        JsonNode preview = options.api().post("/api/v1/jobs/preview", body);
        if (options.wantsJson()) {
            options.output().json(preview);
            return ExitCode.DONE;
        }
        options.output().line(SafeText.of(Fields.text(preview, "sentence")));
        Table table = new Table("DEVICES", "");
        table.row(Fields.text(preview, "included"), "in");
        table.row(Fields.text(preview, "asleep"), "of them asleep");
        preview.path("excluded")
                .forEach(
                        out ->
                                table.row(
                                        Fields.text(out, "count"),
                                        "out: " + Fields.text(out, "why")));
        options.output().table(table, "");
        return ExitCode.DONE;
    }

    private static Map<String, Object> values(Map<String, String> arguments) {
        ObjectMapper json = new ObjectMapper();
        Map<String, Object> values = new LinkedHashMap<>();
        arguments.forEach(
                (name, text) -> {
                    try {
                        JsonNode value = json.readTree(text);
                        values.put(name, value == null || value.isMissingNode() ? text : value);
                    } catch (JsonProcessingException e) {
                        values.put(name, text);
                    }
                });
        return values;
    }

    @Command(description = "Cancel what hasn't been sent")
    int cancel(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        JsonNode job =
                options.api().post("/api/v1/jobs/" + ApiClient.segment(id) + "/cancel", null);
        if (options.wantsJson()) {
            options.output().json(job);
        } else {
            options.output().line(SafeText.of(Fields.text(job, "title") + ": " + counts(job)));
        }
        return ExitCode.DONE;
    }

    @Command(description = "Retry what failed, all of it or by cause")
    int retry(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--cause", description = "Only what failed for this cause")
                    String cause) {
        JsonNode job =
                options.api()
                        .post(
                                "/api/v1/jobs/" + ApiClient.segment(id) + "/retry",
                                Fields.body("cause", cause));
        return Work.finishJob(options, waiting, job);
    }
}
