package org.omtpdm.server.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiFixture;
import org.omtpdm.server.audit.AuditChain;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;

class AccountRoutesTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir Path folder;
    private ApiFixture api;

    @BeforeEach
    void open() {
        api = ApiFixture.open(folder, (fixture, router) -> {});
        api.accounts()
                .users()
                .add(
                        Caller.system(),
                        new NewUser("admin", Optional.empty(), PASSWORD, List.of(Role.values())));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_person_signs_in_sees_the_session_and_signs_out() {
        var admin = api.anonymous().signIn("Admin", PASSWORD);

        var session = admin.get("/api/v1/session").json();
        assertThat(session.get("username").asText()).isEqualTo("admin");
        assertThat(session.get("kind").asText()).isEqualTo("session");
        assertThat(session.get("permissions")).hasSize(12);

        assertThat(admin.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void the_cookie_is_hidden_from_scripts_and_from_other_sites() {
        var answer =
                api.anonymous()
                        .post("/api/v1/session", Map.of("username", "admin", "password", PASSWORD));
        assertThat(answer.header("Set-Cookie"))
                .hasValueSatisfying(
                        cookie ->
                                assertThat(cookie)
                                        .contains("HttpOnly")
                                        .contains("SameSite=Strict")
                                        .contains("Path=/"));
    }

    @Test
    void a_change_without_the_csrf_token_is_refused_and_changes_nothing() {
        var admin = api.anonymous().signIn("admin", PASSWORD).with("X-CSRF-Token", "wrong");
        var refused =
                admin.post(
                        "/api/v1/users",
                        Map.of(
                                "username", "eve",
                                "password", "0123456789",
                                "roles", List.of("viewer")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("CSRF_TOKEN_MISSING");
        assertThat(api.accounts().users().all()).hasSize(1);
    }

    @Test
    void users_are_added_changed_and_removed_and_each_is_audited() {
        var admin = api.anonymous().signIn("admin", PASSWORD);
        var added =
                admin.post(
                        "/api/v1/users",
                        Map.of(
                                "username", "olga",
                                "displayName", "Olga",
                                "password", "0123456789",
                                "roles", List.of("operator")));
        assertThat(added.status()).isEqualTo(201);
        var path = "/api/v1/users/" + added.json().get("id").asText();
        assertThat(admin.patch(path, Map.of("roles", List.of("viewer"))).status()).isEqualTo(200);
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.delete(path).code()).isEqualTo("NOT_FOUND");
        assertThat(admin.get("/api/v1/users").json().get("items")).hasSize(1);
        AuditChain.Verdict verdict = api.auditStore().verify();
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.records()).isEqualTo(5);
    }

    @Test
    void a_token_is_shown_once_works_and_can_be_revoked() {
        var admin = api.anonymous().signIn("admin", PASSWORD);
        var made = admin.post("/api/v1/tokens", Map.of("name", "ci", "roles", List.of("viewer")));
        assertThat(made.status()).isEqualTo(201);
        var script = api.anonymous().withToken(made.json().get("secret").asText());
        assertThat(script.get("/api/v1/session").json().get("kind").asText()).isEqualTo("token");
        assertThat(admin.get("/api/v1/tokens").text()).doesNotContain("secret");
        admin.delete("/api/v1/tokens/" + made.json().get("id").asText());
        assertThat(script.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
    }
}
