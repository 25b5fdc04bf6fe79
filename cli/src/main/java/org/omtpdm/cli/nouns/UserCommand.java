package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** People who sign in. */
@Command(name = "user", description = "People who sign in: list, add, change, remove")
public final class UserCommand extends Noun {

    private static final String ROLES =
            "viewer, operator, security-officer or admin; may be repeated";

    @Command(description = "List users")
    int list(@Mixin ApiOptions options) {
        return print(
                options,
                options.api().get("/api/v1/users"),
                "No users.",
                new Table("ID", "NAME", "DISPLAY NAME", "ROLES", "", "LAST SIGN-IN"),
                (table, user) ->
                        table.row(
                                Fields.text(user, "id"),
                                Fields.text(user, "username"),
                                Fields.text(user, "displayName"),
                                Fields.list(user.path("roles")),
                                user.path("disabled").asBoolean() ? "disabled" : "",
                                Fields.age(user, "lastSignInAt")));
    }

    @Command(
            description =
                    "Add a user; the password is asked for, or read as one line from standard input")
    int add(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--display-name") String displayName,
            @Option(names = "--role", required = true, description = ROLES) List<String> roles) {
        JsonNode user =
                options.api()
                        .post(
                                "/api/v1/users",
                                Fields.body(
                                        "username",
                                        name,
                                        "displayName",
                                        displayName,
                                        "password",
                                        password(),
                                        "roles",
                                        roles));
        return print(options, user);
    }

    @Command(description = "Change a user")
    int change(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME", description = "Name or id") String name,
            @Option(names = "--display-name") String displayName,
            @Option(names = "--role", description = ROLES) List<String> roles,
            @Option(
                            names = "--password",
                            description = "Ask for a new password, or read it from standard input")
                    boolean password,
            @Option(names = "--disabled", arity = "1", paramLabel = "true|false")
                    Boolean disabled) {
        JsonNode user =
                options.api()
                        .patch(
                                "/api/v1/users/" + id(options, name),
                                Fields.body(
                                        "displayName",
                                        displayName,
                                        "roles",
                                        Fields.orNull(roles),
                                        "password",
                                        password ? password() : null,
                                        "disabled",
                                        disabled));
        return print(options, user);
    }

    @Command(description = "Remove a user")
    int remove(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME", description = "Name or id") String name) {
        options.api().delete("/api/v1/users/" + id(options, name));
        options.output().remark("Removed.");
        return ExitCode.DONE;
    }

    private static String id(ApiOptions options, String name) {
        for (JsonNode user : options.api().get("/api/v1/users").path("items")) {
            if (Fields.text(user, "username").equals(name)
                    || Fields.text(user, "id").equals(name)) {
                return ApiClient.segment(Fields.text(user, "id"));
            }
        }
        throw new CommandFailure(
                ExitCode.NOT_FOUND, "No user is named '" + SafeText.of(name) + "'");
    }

    private static int print(ApiOptions options, JsonNode user) {
        if (options.wantsJson()) {
            options.output().json(user);
        } else {
            options.output()
                    .line(
                            SafeText.of(
                                    Fields.text(user, "username")
                                            + " ("
                                            + Fields.list(user.path("roles"))
                                            + ")"));
        }
        return ExitCode.DONE;
    }

    private static String password() {
        if (System.console() != null) {
            return new String(System.console().readPassword("Password (at least 10 characters): "));
        }
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "No password on standard input");
            }
            return line;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Read the password from standard input: " + e.getMessage(), e);
        }
    }
}
