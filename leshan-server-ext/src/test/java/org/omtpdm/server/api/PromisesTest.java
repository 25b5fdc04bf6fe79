package org.omtpdm.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.security.Role;

class PromisesTest {

    private static final String PATH = "/task/{what}";

    @TempDir Path folder;
    private ApiFixture api;
    private final AtomicInteger done = new AtomicInteger();

    @BeforeEach
    void open() {
        api =
                ApiFixture.open(
                        folder,
                        (fixture, router) ->
                                router.post(
                                        PATH,
                                        Permission.OPERATE,
                                        request -> work(fixture, request)));
    }

    private Response work(ApiFixture fixture, Request request) {
        if (request.path("what").equals("refused")) {
            throw new ManagementException(ErrorCode.CONFLICT, "not now " + done.incrementAndGet());
        }
        var event =
                fixture.database()
                        .write(tx -> fixture.events().publish(tx, NewEvent.of("job.changed", "x")));
        done.incrementAndGet();
        if (request.path("what").equals("lost")) {
            throw new IllegalStateException("the server stops before it has answered");
        }
        return Response.accepted(Map.of("number", event.number()));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private ApiClient operator(String key) {
        return api.as(Role.OPERATOR).unchecked().with("Idempotency-Key", key);
    }

    @Test
    void the_same_request_is_done_once_and_answered_alike() {
        var client = operator("k1");
        var first = client.post("/task/a", Map.of("x", 1));
        var second = client.post("/task/a", Map.of("x", 1));
        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).hasValue("true");
        assertThat(done).hasValue(1);
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        var client = operator("k1");
        client.post("/task/a", Map.of("x", 1));
        assertThat(client.post("/task/a", Map.of("x", 2)).code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(client.post("/task/b", Map.of("x", 1)).code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(done).hasValue(1);
    }

    @Test
    void keys_of_different_callers_do_not_meet() {
        assertThat(operator("k1").post("/task/a", Map.of()).status()).isEqualTo(202);
        assertThat(operator("k1").post("/task/a", Map.of()).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(done).hasValue(2);
    }

    @Test
    void what_was_refused_may_be_tried_again_with_the_same_key() {
        var client = operator("k1");
        assertThat(client.post("/task/refused", Map.of()).text()).contains("not now 1");
        assertThat(client.post("/task/refused", Map.of()).text()).contains("not now 2");
    }

    @Test
    void work_whose_answer_was_lost_is_not_done_again() {
        var client = operator("k1");
        assertThat(client.post("/task/lost", Map.of()).code()).isEqualTo("INTERNAL");
        assertThat(client.post("/task/lost", Map.of()).code()).isEqualTo("CONFLICT");
        assertThat(done).hasValue(1);
    }

    @Test
    void a_key_taken_before_a_crash_is_free_when_nothing_was_done() {
        var key = new Promises.Key("somebody", "k");
        new Promises(api.database(), ApiFixture.SECRETS).take(key, "f");
        assertThat(new Promises(api.database(), ApiFixture.SECRETS).take(key, "f")).isEmpty();
        api.database()
                .write(
                        tx -> {
                            new Promises(api.database(), ApiFixture.SECRETS).markDone(tx, key);
                            return null;
                        });
        assertThatThrownBy(() -> new Promises(api.database(), ApiFixture.SECRETS).take(key, "f"))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("not done again");
    }

    @Test
    void an_unusable_key_is_refused() {
        assertThat(operator("x".repeat(101)).post("/task/a", Map.of()).code())
                .isEqualTo("BAD_REQUEST");
    }
}
