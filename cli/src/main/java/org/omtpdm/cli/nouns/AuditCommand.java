package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Streams;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.server.audit.AuditChain;
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
            description = {
                "Check the chain of hashes: nothing was changed, left out or put in between.",
                "With --file an export is checked here, where the server can't interfere. Refused (3) when it is broken."
            })
    int verify(
            @Mixin ApiOptions options,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "What 'dm audit export' printed")
                    Path file,
            @Option(
                            names = "--last-hash",
                            paramLabel = "HEX",
                            description =
                                    "The last hash as kept elsewhere: shows whether the end was cut off, or what came since")
                    String lastHash) {
        JsonNode verdict =
                file == null ? options.api().post("/api/v1/audit/verify", null) : verified(file);
        if (options.wantsJson()) {
            options.output().json(verdict);
        } else {
            options.output().line(SafeText.of(Fields.text(verdict, "text")));
            options.output().line("last hash " + SafeText.of(Fields.text(verdict, "lastHash")));
        }
        boolean asKept = lastHash == null || lastHash.equals(Fields.text(verdict, "lastHash"));
        if (!asKept) {
            options.output().remark("The last hash is not the one given.");
        }
        return verdict.path("intact").asBoolean() && asKept ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static JsonNode verified(Path file) {
        try (Reader export = Files.newBufferedReader(file)) {
            AuditChain.Verdict verdict = AuditChain.verify(export);
            ObjectNode body =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("intact", verdict.intact())
                            .put("records", verdict.records())
                            .put("text", verdict.text());
            verdict.firstBad().ifPresent(number -> body.put("firstBad", number));
            verdict.lastHash().ifPresent(hash -> body.put("lastHash", hash));
            return body;
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Read " + file + ": " + SafeText.of(e.toString()), e);
        }
    }

    @Command(description = "The whole chain as JSON lines")
    int export(@Mixin ApiOptions options) {
        options.api().copy("/api/v1/audit/export", Streams.out());
        return ExitCode.DONE;
    }
}
