package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Durable commands, one per device and request. */
@Command(name = "command", description = "Commands and their timelines: list, show, cancel, retry")
public final class CommandCommand extends Noun {

    @Command(description = "List commands, newest first")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Option(names = "--device", description = DEVICE) String device,
            @Option(names = "--job", paramLabel = "ID") String job,
            @Option(
                            names = "--state",
                            description =
                                    "Waiting, Working, Done, \"Refused by the device\", \"No answer\", Unknown, Cancelled or Expired")
                    String state,
            @Option(names = "--kind", description = "For example process.terminate") String kind) {
        JsonNode page =
                options.api()
                        .get(
                                "/api/v1/commands",
                                paging.query(
                                        "device", device == null ? null : options.deviceId(device),
                                        "job", job,
                                        "state", state,
                                        "kind", kind));
        return print(
                options,
                page,
                "No command matches.",
                new Table("ID", "DEVICE", "WHAT", "STATE", "WHY", "REQUESTED", "BY"),
                (table, command) ->
                        table.row(
                                Fields.text(command, "id"),
                                Fields.text(command, "deviceName"),
                                Fields.text(command, "title"),
                                Fields.text(command, "state"),
                                Fields.text(command, "cause"),
                                Fields.age(command, "requestedAt"),
                                Fields.text(command, "requestedBy")));
    }

    @Command(description = "Show one command with its timeline")
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        JsonNode command = options.api().get("/api/v1/commands/" + ApiClient.segment(id));
        if (options.wantsJson()) {
            options.output().json(command);
            return ExitCode.DONE;
        }
        options.output().line(Work.sentence(command));
        String reason = Fields.text(command, "reason");
        options.output()
                .line(
                        "requested by "
                                + SafeText.of(Fields.text(command, "requestedBy"))
                                + (reason.isEmpty() ? "" : ": " + SafeText.of(reason)));
        Table table = new Table("WHEN", "STEP", "WHAT HAPPENED", "CODE");
        for (JsonNode step : command.path("timeline")) {
            table.row(
                    Fields.time(step, "at"),
                    Fields.text(step, "step"),
                    Fields.text(step, "text"),
                    Fields.text(step, "code"));
        }
        options.output().table(table, "Nothing happened yet.");
        return ExitCode.DONE;
    }

    @Command(description = "Take back a command that hasn't been sent")
    int cancel(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        JsonNode command =
                options.api().post("/api/v1/commands/" + ApiClient.segment(id) + "/cancel", null);
        if (options.wantsJson()) {
            options.output().json(command);
        } else {
            options.output().line(Work.sentence(command));
        }
        return ExitCode.DONE;
    }

    @Command(description = "The same again as a new command")
    int retry(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "ID") String id) {
        JsonNode command =
                options.api().post("/api/v1/commands/" + ApiClient.segment(id) + "/retry", null);
        return Work.finish(options, waiting, command);
    }
}
