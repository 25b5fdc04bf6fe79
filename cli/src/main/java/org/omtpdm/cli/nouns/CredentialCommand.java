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

/** Pre-shared keys of devices. */
@Command(name = "credential", description = "Pre-shared keys of devices: list, set, remove")
public final class CredentialCommand extends Noun {

    @Command(description = "List credentials; keys are never shown")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Parameters(
                            paramLabel = "WORD",
                            arity = "0..1",
                            description = "In endpoint or identity")
                    String word) {
        return print(
                options,
                options.api().get("/api/v1/credentials", paging.query("q", word)),
                "No credentials.",
                new Table("ID", "ENDPOINT", "KIND", "IDENTITY", "CREATED", "BY"),
                (table, credential) ->
                        table.row(
                                Fields.text(credential, "id"),
                                Fields.text(credential, "endpoint"),
                                Fields.text(credential, "kind"),
                                Fields.text(credential, "identity"),
                                Fields.time(credential, "createdAt"),
                                Fields.text(credential, "createdBy")));
    }

    @Command(
            description =
                    "Set or replace the key of an endpoint; a key the server makes is printed this once")
    int set(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ENDPOINT") String endpoint,
            @Option(names = "--psk-identity", description = "Default: the endpoint client name")
                    String identity,
            @Option(
                            names = "--psk-key",
                            paramLabel = "HEX",
                            description = "16 to 64 bytes; without it the server makes one")
                    String key) {
        JsonNode credential =
                options.api()
                        .post(
                                "/api/v1/credentials",
                                Fields.body(
                                        "endpoint",
                                        endpoint,
                                        "pskIdentity",
                                        identity,
                                        "pskKey",
                                        key));
        if (options.wantsJson()) {
            options.output().json(credential);
            return ExitCode.DONE;
        }
        options.output().line("PSK identity  " + SafeText.of(Fields.text(credential, "identity")));
        if (credential.has("pskKey")) {
            options.output()
                    .line("PSK key       " + SafeText.of(Fields.text(credential, "pskKey")));
        }
        return ExitCode.DONE;
    }

    @Command(description = "Remove a credential; its device can no longer connect")
    int remove(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        options.api().delete("/api/v1/credentials/" + ApiClient.segment(id));
        options.output().remark("Removed.");
        return ExitCode.DONE;
    }
}
