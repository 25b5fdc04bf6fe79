package org.omtpdm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiClient;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.OpenApi;
import org.omtpdm.server.api.OpenApi.Operation;
import org.omtpdm.server.api.Route;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandState;
import org.omtpdm.server.devices.DeviceState;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;
import org.omtpdm.server.security.accounts.NewUser;
import org.omtpdm.server.store.Json;

/** The whole server against {@code openapi.yaml}: routes, permissions, words. */
class ContractTest {

    @TempDir static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = DmServer.start(ServerConfig.inFolder(folder));
        server.accounts()
                .users()
                .add(
                        Caller.system(),
                        new NewUser(
                                "admin",
                                Optional.empty(),
                                "correct horse",
                                List.of(Role.values())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ApiClient as(Role... roles) {
        var name = Arrays.toString(roles) + System.nanoTime();
        var made =
                server.accounts()
                        .tokens()
                        .add(Caller.system(), new NewToken(name, List.of(roles), Optional.empty()));
        return ApiClient.anonymous(server.httpPort()).withToken(made.secret());
    }

    private static boolean isDescription(Route route) {
        return route.template().startsWith("/api/docs")
                || route.template().equals("/api/v1/openapi.yaml");
    }

    private static String accessOf(Route route) {
        return route.access().anonymous()
                ? "anonymous"
                : route.access().permission().map(Permission::wire).orElse("signed-in");
    }

    @Test
    void the_router_and_the_description_are_the_same_both_ways() {
        var routed = new TreeSet<String>();
        server.routes().stream()
                .filter(route -> !isDescription(route))
                .forEach(route -> routed.add(route + " " + accessOf(route)));
        var described = new TreeSet<String>();
        OpenApi.operations().forEach(operation -> described.add(operation.toString()));
        assertThat(routed).isEqualTo(described);
    }

    @Test
    void enumerations_are_the_same_in_java_and_in_the_description() {
        assertThat(names(ErrorCode.values())).isEqualTo(OpenApi.enumeration("ErrorCode"));
        assertThat(wire(Permission.values())).isEqualTo(OpenApi.enumeration("Permission"));
        assertThat(wire(Role.values())).isEqualTo(OpenApi.enumeration("Role"));
        assertThat(wire(CommandKind.values())).isEqualTo(OpenApi.enumeration("CommandKind"));
        assertThat(wire(CommandState.values())).isEqualTo(OpenApi.enumeration("CommandState"));
        assertThat(wire(DeviceState.values())).isEqualTo(OpenApi.enumeration("DeviceState"));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> wire(Object[] values) {
        return Arrays.stream(values)
                .map(value -> Json.read(Json.write(value), String.class))
                .toList();
    }

    private static String concrete(Operation operation) {
        return operation
                .path()
                .replace("{pid}", "1")
                .replace("{objectId}", "3")
                .replace("{action}", "acknowledge")
                .replaceAll("\\{[a-zA-Z]+}", "no-such-thing");
    }

    private static ApiClient.Answer send(ApiClient client, Operation operation) {
        var body = operation.hasBody() ? Optional.of("{}") : Optional.<String>empty();
        return client.send(operation.method(), concrete(operation), body);
    }

    private static boolean endless(Operation operation) {
        return operation.path().equals("/api/v1/events");
    }

    @Test
    void nobody_gets_in_without_signing_in() {
        var anonymous = ApiClient.anonymous(server.httpPort());
        for (var operation : there()) {
            if (!operation.permission().equals("anonymous")) {
                assertThat(send(anonymous, operation).code())
                        .as(operation.toString())
                        .isEqualTo("NOT_SIGNED_IN");
            }
        }
    }

    @Test
    void each_role_gets_exactly_as_far_as_its_permissions() {
        for (var role : Role.values()) {
            var client = as(role);
            for (var operation : guarded()) {
                var may =
                        role.permissions().stream()
                                .anyMatch(given -> given.wire().equals(operation.permission()));
                if (may && endless(operation)) {
                    continue;
                }
                var answer = send(client, operation);
                if (may && operation.path().startsWith("/api/v1/attention/")) {
                    // the route is for who may see; deciding is for all but viewers
                    assertThat(answer.code().equals("NOT_ALLOWED")).isEqualTo(role == Role.VIEWER);
                } else if (may) {
                    assertThat(answer.status()).as(role + " on " + operation).isNotEqualTo(403);
                } else {
                    assertThat(answer.code())
                            .as(role + " on " + operation)
                            .isEqualTo("NOT_ALLOWED");
                    assertThat(answer.json().get("details").get("permission").asText())
                            .isEqualTo(operation.permission());
                }
            }
        }
    }

    /** What is described, there, and needs a permission. */
    private static List<Operation> guarded() {
        return there().stream()
                .filter(operation -> !operation.permission().equals("anonymous"))
                .filter(operation -> !operation.permission().equals("signed-in"))
                .toList();
    }

    private static List<Operation> there() {
        var routed = server.routes().stream().map(Route::toString).toList();
        return OpenApi.operations().stream()
                .filter(operation -> routed.contains(operation.method() + " " + operation.path()))
                .toList();
    }

    @Test
    void every_change_of_a_session_needs_its_csrf_token() {
        var session =
                ApiClient.anonymous(server.httpPort())
                        .signIn("admin", "correct horse")
                        .with("X-CSRF-Token", "wrong");
        for (var operation : there()) {
            if (!operation.method().equals("GET") && !operation.permission().equals("anonymous")) {
                assertThat(send(session, operation).code())
                        .as(operation.toString())
                        .isEqualTo("CSRF_TOKEN_MISSING");
            }
        }
        assertThat(session.get("/api/v1/session").status()).isEqualTo(200);
    }

    @Test
    void bodies_of_any_wrong_kind_are_refused_with_a_clear_error() {
        var admin = as(Role.values());
        var wrong =
                List.of(
                        "[]",
                        "null",
                        "7",
                        "\"text\"",
                        "{",
                        "{\"a\":1,\"a\":2}",
                        "{\"nobody\":1}",
                        "[".repeat(2000),
                        "{\"username\":" + "[".repeat(100) + "]".repeat(100) + "}");
        for (var operation : there()) {
            if (operation.hasBody() && !operation.permission().equals("anonymous")) {
                for (var body : wrong) {
                    var answer =
                            admin.send(operation.method(), concrete(operation), Optional.of(body));
                    assertThat(answer.status())
                            .as(
                                    operation
                                            + " with "
                                            + body.substring(0, Math.min(40, body.length())))
                            .isBetween(400, 409);
                }
                assertThat(
                                admin.send(
                                                operation.method(),
                                                concrete(operation),
                                                Optional.of(" ".repeat((1 << 20) + 1)))
                                        .code())
                        .isEqualTo("BODY_TOO_LARGE");
                assertThat(
                                admin.with("Content-Type", "text/plain")
                                        .send(
                                                operation.method(),
                                                concrete(operation),
                                                Optional.of("{}"))
                                        .status())
                        .as(operation.toString())
                        .isBetween(400, 415);
            }
        }
    }

    @Test
    void unknown_paths_and_methods_are_errors_in_the_form_of_the_api() {
        var admin = as(Role.values()).unchecked();
        assertThat(admin.get("/api/v1/nothing").code()).isEqualTo("NOT_FOUND");
        assertThat(admin.get("/api/").code()).isEqualTo("NOT_FOUND");
        var wrongMethod = admin.put("/api/v1/users", Map.of());
        assertThat(wrongMethod.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(wrongMethod.json().get("details").get("allowed")).hasSize(2);
        assertThat(admin.get("/api/v1/devices/%2e%2e/x").status()).isBetween(400, 404);
        assertThat(admin.get("/api/v1/devices/a%00b").status()).isBetween(400, 404);
    }

    @Test
    void every_answer_tells_browsers_what_to_refuse() {
        var anonymous = ApiClient.anonymous(server.httpPort()).unchecked();
        for (var path : List.of("/health", "/api/v1/session", "/api/docs", "/nothing.js")) {
            var answer = anonymous.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(
                            policy ->
                                    assertThat(policy)
                                            .contains("script-src 'self'")
                                            .contains("frame-ancestors 'none'"));
            assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void the_description_and_its_page_are_served_without_scripts_from_elsewhere() {
        var anonymous = ApiClient.anonymous(server.httpPort()).unchecked();
        assertThat(anonymous.get("/api/v1/openapi.yaml").text()).startsWith("openapi: 3.1");
        var page = anonymous.get("/api/docs").text();
        assertThat(page).doesNotContain("<script>").doesNotContain("http://");
        for (var file : List.of("docs.js", "swagger-ui-bundle.js", "swagger-ui.css")) {
            assertThat(page + anonymous.get("/api/docs/" + file).status()).contains("200");
        }
        assertThat(anonymous.get("/api/docs/..%2fopenapi.yaml").status()).isBetween(400, 404);
    }
}
