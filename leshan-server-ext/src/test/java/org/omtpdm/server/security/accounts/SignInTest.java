package org.omtpdm.server.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiFixture;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;

class SignInTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir Path folder;
    private final MovableClock clock = new MovableClock();
    private ApiFixture api;

    /** A clock that stands until it is moved. */
    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() {
        api = ApiFixture.open(folder, clock, (fixture, router) -> {});
        add("admin", Role.ADMIN);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private User add(String username, Role role) {
        return api.accounts()
                .users()
                .add(
                        Caller.system(),
                        new NewUser(username, Optional.empty(), PASSWORD, List.of(role)));
    }

    private String trySignIn(String username, String password) {
        var answer =
                api.anonymous()
                        .post(
                                "/api/v1/session",
                                Map.of("username", username, "password", password));
        return answer.status() == 201 ? "" : answer.code();
    }

    @Test
    void an_unknown_user_and_a_wrong_password_are_told_alike() {
        var unknown =
                api.anonymous()
                        .post("/api/v1/session", Map.of("username", "nobody", "password", "x"));
        var wrong =
                api.anonymous()
                        .post("/api/v1/session", Map.of("username", "admin", "password", "x"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void after_ten_failures_an_account_may_try_once_in_thirty_seconds() {
        for (var i = 0; i < 10; i++) {
            assertThat(trySignIn("admin", "wrong")).isEqualTo("SIGN_IN_FAILED");
        }
        var slowed =
                api.anonymous()
                        .post("/api/v1/session", Map.of("username", "ADMIN", "password", PASSWORD));
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.code()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(slowed.header("Retry-After")).hasValue("30");
        clock.move(Duration.ofSeconds(31));
        assertThat(trySignIn("admin", "wrong")).isEqualTo("SIGN_IN_FAILED");
        assertThat(trySignIn("admin", PASSWORD)).isEqualTo("TOO_MANY_ATTEMPTS");
        clock.move(Duration.ofSeconds(31));
        assertThat(trySignIn("admin", PASSWORD)).isEmpty();
    }

    @Test
    void an_address_is_slowed_down_whatever_accounts_it_tries() {
        for (var i = 0; i < 10; i++) {
            assertThat(trySignIn("user" + i, "wrong")).isEqualTo("SIGN_IN_FAILED");
        }
        assertThat(trySignIn("admin", PASSWORD)).isEqualTo("TOO_MANY_ATTEMPTS");
        clock.move(Duration.ofMinutes(11));
        assertThat(trySignIn("admin", PASSWORD)).isEmpty();
    }

    @Test
    void right_sign_ins_are_never_slowed_down() {
        for (var i = 0; i < 15; i++) {
            assertThat(trySignIn("admin", PASSWORD)).isEmpty();
        }
    }

    @Test
    void the_throttle_counts_attempts_that_come_at_once() {
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < 10; i++) {
            assertThat(throttle.begin("a", "192.0.2.1")).isEmpty();
        }
        assertThat(throttle.begin("a", "192.0.2.2")).hasValue(Duration.ofSeconds(30));
        assertThat(throttle.begin("b", "192.0.2.1")).hasValue(Duration.ofSeconds(30));
        assertThat(throttle.begin("b", "192.0.2.2")).isEmpty();
    }

    @Test
    void addresses_of_one_ipv6_network_count_as_one() {
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < 10; i++) {
            assertThat(throttle.begin("a" + i, "2001:db8:1:2::" + i)).isEmpty();
        }
        assertThat(throttle.begin("x", "2001:db8:1:2:ffff::1")).isPresent();
        assertThat(throttle.begin("x", "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void a_session_ends_when_it_is_idle_and_at_its_end_in_any_case() {
        var admin = api.anonymous().signIn("admin", PASSWORD);
        clock.move(Duration.ofMinutes(119));
        assertThat(admin.get("/api/v1/session").status()).isEqualTo(200);
        api.database().settle();
        clock.move(Duration.ofMinutes(119));
        assertThat(admin.get("/api/v1/session").status()).isEqualTo(200);
        api.database().settle();
        clock.move(Duration.ofMinutes(121));
        assertThat(admin.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");

        var busy = api.anonymous().signIn("admin", PASSWORD);
        for (var hour = 0; hour < 11; hour++) {
            clock.move(Duration.ofHours(1));
            assertThat(busy.get("/api/v1/session").status()).isEqualTo(200);
            api.database().settle();
        }
        clock.move(Duration.ofHours(1));
        assertThat(busy.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void a_changed_password_ends_the_other_sessions_and_renews_this_one() {
        var here = api.anonymous().signIn("admin", PASSWORD);
        var elsewhere = api.anonymous().signIn("admin", PASSWORD);
        assertThat(
                        here.put(
                                        "/api/v1/session/password",
                                        Map.of("current", "wrong", "password", "another password"))
                                .code())
                .isEqualTo("SIGN_IN_FAILED");
        var changed =
                here.put(
                        "/api/v1/session/password",
                        Map.of("current", PASSWORD, "password", "another password"));
        assertThat(changed.status()).isEqualTo(204);
        assertThat(changed.header("X-CSRF-Token")).isPresent();
        assertThat(here.get("/api/v1/session").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(trySignIn("admin", PASSWORD)).isEqualTo("SIGN_IN_FAILED");
        assertThat(trySignIn("admin", "another password")).isEmpty();
    }

    @Test
    void the_last_admin_stays_and_nobody_removes_himself() {
        var admin = api.anonymous().signIn("admin", PASSWORD);
        var id = api.accounts().users().byUsername("admin").orElseThrow().id();
        assertThat(admin.delete("/api/v1/users/" + id).code()).isEqualTo("OWN_ACCOUNT");
        assertThat(admin.patch("/api/v1/users/" + id, Map.of("disabled", true)).code())
                .isEqualTo("OWN_ACCOUNT");
        var script = api.as(Role.ADMIN);
        assertThat(script.delete("/api/v1/users/" + id).code()).isEqualTo("LAST_ADMIN");
        assertThat(script.patch("/api/v1/users/" + id, Map.of("roles", List.of("viewer"))).code())
                .isEqualTo("LAST_ADMIN");
        add("second", Role.ADMIN);
        assertThat(script.delete("/api/v1/users/" + id).status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void a_disabled_user_is_out_at_once() {
        add("olga", Role.OPERATOR);
        var olga = api.anonymous().signIn("olga", PASSWORD);
        var id = api.accounts().users().byUsername("olga").orElseThrow().id();
        api.as(Role.ADMIN).patch("/api/v1/users/" + id, Map.of("disabled", true));
        assertThat(olga.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(trySignIn("olga", PASSWORD)).isEqualTo("SIGN_IN_FAILED");
    }

    @Test
    void an_expired_token_and_made_up_ones_do_not_work() {
        var end = clock.instant().plusSeconds(60);
        var made =
                api.accounts()
                        .tokens()
                        .add(
                                Caller.system(),
                                new NewToken("t", List.of(Role.VIEWER), Optional.of(end)));
        var script = api.anonymous().withToken(made.secret());
        assertThat(script.get("/api/v1/session").status()).isEqualTo(200);
        clock.move(Duration.ofSeconds(61));
        assertThat(script.get("/api/v1/session").code()).isEqualTo("NOT_SIGNED_IN");
        for (var wrong : List.of("omtpdm_", "omtpdm_x", made.secret() + "x", "x".repeat(5000))) {
            assertThat(api.anonymous().withToken(wrong).get("/api/v1/session").code())
                    .isEqualTo("NOT_SIGNED_IN");
        }
    }

    @Test
    void hostile_names_are_refused_or_come_back_as_they_were() {
        var admin = api.as(Role.ADMIN);
        for (var name : List.of("", "a b", "<b>", "a\u0000", "ａ", "x".repeat(101), "../x")) {
            assertThat(
                            admin.post(
                                            "/api/v1/users",
                                            Map.of(
                                                    "username", name,
                                                    "password", PASSWORD,
                                                    "roles", List.of("viewer")))
                                    .code())
                    .as(name)
                    .isEqualTo("BAD_REQUEST");
        }
        var hostile = "<img src=x onerror=alert(1)> \u202Ertl 'quote' \"double\" 🦠";
        var added =
                admin.post(
                        "/api/v1/users",
                        Map.of(
                                "username",
                                "mallory",
                                "displayName",
                                hostile,
                                "password",
                                PASSWORD,
                                "roles",
                                List.of("viewer")));
        assertThat(added.json().get("displayName").asText()).isEqualTo(hostile);
        for (var control : List.of("\u0000", "\u0007", "\u001b[31m")) {
            assertThat(
                            admin.post(
                                            "/api/v1/tokens",
                                            Map.of(
                                                    "name",
                                                    "t" + control,
                                                    "roles",
                                                    List.of("viewer")))
                                    .code())
                    .isEqualTo("BAD_REQUEST");
        }
    }
}
