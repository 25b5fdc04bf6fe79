package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Bearer tokens for scripts. */
@Command(name = "token", description = "Bearer tokens for scripts: list, add, revoke")
public final class TokenCommand extends Noun {

    @Command(description = "List tokens")
    int list(@Mixin ApiOptions options) {
        return print(
                options,
                options.api().get("/api/v1/tokens"),
                "No tokens.",
                new Table("ID", "NAME", "ROLES", "CREATED", "BY", "EXPIRES", "LAST USED"),
                (table, token) ->
                        table.row(
                                Fields.text(token, "id"),
                                Fields.text(token, "name"),
                                Fields.list(token.path("roles")),
                                Fields.time(token, "createdAt"),
                                Fields.text(token, "createdBy"),
                                Fields.time(token, "expiresAt"),
                                Fields.age(token, "lastUsedAt")));
    }

    @Command(description = "Make a token; its secret is printed this once")
    int add(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            required = true,
                            description =
                                    "viewer, operator, security-officer or admin; may be repeated")
                    List<String> roles,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "For example 2027-01-01T00:00:00Z")
                    String expires) {
        JsonNode token =
                options.api()
                        .post(
                                "/api/v1/tokens",
                                Fields.body("name", name, "roles", roles, "expiresAt", expires));
        if (options.wantsJson()) {
            options.output().json(token);
        } else {
            options.output().line(SafeText.of(Fields.text(token, "secret")));
            options.output()
                    .remark(
                            "Token "
                                    + SafeText.of(Fields.text(token, "id"))
                                    + "; its secret is never shown again.");
        }
        return ExitCode.DONE;
    }

    @Command(description = "Revoke a token")
    int revoke(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        options.api().delete("/api/v1/tokens/" + ApiClient.segment(id));
        options.output().remark("Revoked.");
        return ExitCode.DONE;
    }
}
