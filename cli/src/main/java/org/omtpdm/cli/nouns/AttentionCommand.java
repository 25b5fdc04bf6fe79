package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Things that need a person. */
@Command(
        name = "attention",
        description = "Things that need a person: list, acknowledge, snooze, resolve, reopen")
public final class AttentionCommand extends Noun {

    @Command(description = "List what needs a person")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Option(names = "--state", description = "open, acknowledged, snoozed or resolved")
                    String state,
            @Option(names = "--device", description = DEVICE) String device) {
        JsonNode page =
                options.api()
                        .get(
                                "/api/v1/attention",
                                paging.query(
                                        "state",
                                        state,
                                        "device",
                                        device == null ? null : options.deviceId(device)));
        return print(
                options,
                page,
                "Nothing needs you.",
                new Table("ID", "WHAT", "DETAIL", "STATE", "TIMES", "SINCE", "LAST"),
                (table, item) ->
                        table.row(
                                Fields.text(item, "id"),
                                Fields.text(item, "title"),
                                Fields.text(item, "detail"),
                                Fields.text(item, "state"),
                                Fields.text(item, "count"),
                                Fields.age(item, "firstAt"),
                                Fields.age(item, "lastAt")));
    }

    @Command(description = "Say that you look after it")
    int acknowledge(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--note") String note) {
        return change(options, id, "acknowledge", note, null);
    }

    @Command(description = "Put it aside until a time")
    int snooze(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "For example 2026-11-23T08:00:00Z")
                    String until,
            @Option(names = "--note") String note) {
        return change(options, id, "snooze", note, until);
    }

    @Command(description = "Say that it is mended")
    int resolve(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--note") String note) {
        return change(options, id, "resolve", note, null);
    }

    @Command(description = "Open it again")
    int reopen(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--note") String note) {
        return change(options, id, "reopen", note, null);
    }

    private static int change(
            ApiOptions options, String id, String action, String note, String until) {
        JsonNode item =
                options.api()
                        .post(
                                "/api/v1/attention/" + ApiClient.segment(id) + "/" + action,
                                Fields.body("note", note, "until", until));
        if (options.wantsJson()) {
            options.output().json(item);
        } else {
            options.output()
                    .line(
                            SafeText.of(
                                    Fields.text(item, "title")
                                            + ": "
                                            + Fields.text(item, "state")));
        }
        return ExitCode.DONE;
    }
}
