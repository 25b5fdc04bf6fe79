package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happened. */
@Command(name = "activity", description = "What happened, newest first")
public final class ActivityCommand implements Callable<Integer> {

    @Mixin ApiOptions options;

    @Mixin Paging paging;

    @Option(names = "--device", description = Noun.DEVICE)
    String device;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "For example 2026-11-22T08:00:00Z")
    String since;

    @Override
    public Integer call() {
        JsonNode page =
                options.api()
                        .get(
                                "/api/v1/activity",
                                paging.query(
                                        "device",
                                        device == null ? null : options.deviceId(device),
                                        "since",
                                        since));
        return Noun.print(
                options,
                page,
                "Nothing happened.",
                new Table("NUMBER", "WHEN", "TYPE", "DEVICE", "WHAT"),
                (table, event) ->
                        table.row(
                                Fields.text(event, "number"),
                                Fields.time(event, "at"),
                                Fields.text(event, "type"),
                                Fields.text(event, "deviceName"),
                                Fields.text(event, "text")));
    }
}
