package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who did what. */
@Command(name = "audit", description = "Who did what: list, verify, export")
public final class AuditCommand extends Noun {

    @Command(description = "List records, newest first")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Option(names = "--actor") String actor,
            @Option(names = "--action", description = "For example command.request") String action,
            @Option(names = "--device", description = DEVICE) String device) {
        JsonNode page =
                options.api()
                        .get(
                                "/api/v1/audit",
                                paging.query(
                                        "actor", actor,
                                        "action", action,
                                        "device",
                                                device == null ? null : options.deviceId(device)));
        return print(
                options,
                page,
                "No records.",
                new Table("NUMBER", "WHEN", "WHO", "WHAT", "ON", "RESULT", "REASON"),
                (table, entry) ->
                        table.row(
                                Fields.text(entry, "number"),
                                Fields.time(entry, "at"),
                                Fields.text(entry, "actor"),
                                Fields.text(entry, "action"),
                                entry.has("deviceName")
                                        ? Fields.text(entry, "deviceName")
                                        : Fields.text(entry, "subject"),
                                Fields.text(entry, "result"),
                                Fields.text(entry, "reason")));
    }

    @Command(
            description =
                    "Check the chain of hashes: nothing was changed, left out or put in between. Refused (3) when it was")
    int verify(@Mixin ApiOptions options) {
        JsonNode verdict = options.api().post("/api/v1/audit/verify", null);
        if (options.wantsJson()) {
            options.output().json(verdict);
        } else {
            options.output().line(SafeText.of(Fields.text(verdict, "text")));
            options.output().line("last hash " + SafeText.of(Fields.text(verdict, "lastHash")));
        }
        return verdict.path("intact").asBoolean() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    @Command(description = "The whole chain as JSON lines")
    int export(@Mixin ApiOptions options) {
        options.output().bytes(options.api().bytes("/api/v1/audit/export"));
        return ExitCode.DONE;
    }
}
