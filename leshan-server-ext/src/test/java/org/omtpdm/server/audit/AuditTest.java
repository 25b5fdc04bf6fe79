package org.omtpdm.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiFixture;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;

class AuditTest {

    private static final String HOSTILE = "<script>\u202Eevil\u0007 \"'`\\ émoji 🦠\n";

    @TempDir Path folder;
    private ApiFixture api;

    @BeforeEach
    void open() {
        api =
                ApiFixture.open(
                        folder,
                        (fixture, router) ->
                                new AuditRoutes(fixture.auditStore(), ids -> Map.of())
                                        .addTo(router));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void record(Caller caller, int times) {
        for (var i = 0; i < times; i++) {
            var number = i;
            api.database()
                    .write(
                            tx ->
                                    api.audit()
                                            .record(
                                                    tx,
                                                    caller,
                                                    NewAuditRecord.done(
                                                                    "process.terminate", HOSTILE)
                                                            .onDevice("device")
                                                            .because(HOSTILE)
                                                            .with(
                                                                    Map.of(
                                                                            "pid",
                                                                            number,
                                                                            "load",
                                                                            0.1 * number,
                                                                            "names",
                                                                            List.of(
                                                                                    HOSTILE,
                                                                                    true)))));
        }
    }

    @Test
    void an_export_verifies_without_the_server() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 5);
        var export = api.as(Role.ADMIN).get("/api/v1/audit/export");
        assertThat(export.text().lines()).hasSize(6);
        var verdict = AuditChain.verify(new StringReader(export.text()));
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.records()).isEqualTo(6);
        var checked = api.as(Role.ADMIN).post("/api/v1/audit/verify");
        assertThat(checked.json().get("intact").asBoolean()).isTrue();
        assertThat(checked.json().get("records").asLong()).isEqualTo(7);
    }

    @Test
    void any_change_of_an_export_is_found_at_its_place() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 8);
        var lines = api.as(Role.ADMIN).get("/api/v1/audit/export").text().split("\n");
        var random = new Random(3);
        for (var round = 0; round < 300; round++) {
            var changed = lines.clone();
            var at = random.nextInt(lines.length);
            var line = new StringBuilder(lines[at]);
            var position = random.nextInt(line.length());
            line.setCharAt(position, (char) (line.charAt(position) ^ 1));
            changed[at] = line.toString();
            var verdict = AuditChain.verify(new StringReader(String.join("\n", changed)));
            assertThat(verdict.intact()).as(changed[at]).isFalse();
            assertThat(verdict.firstBad().orElseThrow()).isBetween(1L, (long) at + 2);
        }
    }

    @Test
    void removed_added_and_swapped_records_are_found() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 5);
        var lines = api.as(Role.ADMIN).get("/api/v1/audit/export").text().split("\n");
        assertThat(verify(lines[0], lines[1], lines[3]).firstBad()).hasValue(3L);
        assertThat(verify(lines[0], lines[1], lines[1], lines[2]).firstBad()).hasValue(3L);
        assertThat(verify(lines[0], lines[2], lines[1]).firstBad()).hasValue(2L);
        assertThat(verify(lines[1]).firstBad()).hasValue(1L);
        assertThat(verify(lines[0], "not JSON").firstBad()).hasValue(2L);
        assertThat(verify(lines[0], "7").firstBad()).hasValue(2L);
        // what is cut off at the end shows only in the last hash
        assertThat(verify(lines[0], lines[1]).intact()).isTrue();
        assertThat(verify(lines[0], lines[1]).lastHash()).isNotEqualTo(verify(lines).lastHash());
    }

    private static AuditChain.Verdict verify(String... lines) {
        return AuditChain.verify(new StringReader(String.join("\n", Arrays.asList(lines))));
    }

    @Test
    void a_row_changed_in_the_database_is_found() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 5);
        api.database()
                .write(
                        tx ->
                                tx.handle()
                                        .execute(
                                                "UPDATE audit_records SET reason = 'other' WHERE"
                                                        + " number = 3"));
        var verdict = api.auditStore().verify();
        assertThat(verdict.intact()).isFalse();
        assertThat(verdict.firstBad()).hasValue(3L);
        assertThat(verdict.records()).isEqualTo(2);
    }

    @Test
    void records_come_newest_first_page_by_page_and_hostile_text_as_it_was() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 7);
        var admin = api.as(Role.ADMIN);
        var first =
                admin.get("/api/v1/audit?actor=olga&action=process&device=device&limit=4").json();
        assertThat(first.get("items")).hasSize(4);
        assertThat(first.get("items").get(0).get("reason").asText()).isEqualTo(HOSTILE);
        var rest =
                admin.get(
                                "/api/v1/audit?actor=olga&limit=4&cursor="
                                        + first.get("nextCursor").asText())
                        .json();
        assertThat(rest.get("items")).hasSize(3);
        assertThat(rest.has("nextCursor")).isFalse();
        assertThat(admin.get("/api/v1/audit?cursor=bm9uc2Vuc2U").code()).isEqualTo("BAD_REQUEST");
        assertThat(admin.get("/api/v1/audit?limit=0").code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void without_the_permission_one_sees_only_ones_own() {
        record(Caller.user("olga", List.of(Role.OPERATOR)), 3);
        var viewer = api.as(Role.VIEWER);
        assertThat(viewer.get("/api/v1/audit").json().get("items")).isEmpty();
        assertThat(viewer.get("/api/v1/audit?actor=olga").json().get("items")).isEmpty();
        assertThat(viewer.get("/api/v1/audit/export").code()).isEqualTo("NOT_ALLOWED");
    }

    @Test
    void a_record_of_a_failed_transaction_does_not_exist() {
        try {
            api.database()
                    .write(
                            tx -> {
                                api.audit()
                                        .record(
                                                tx,
                                                Caller.system(),
                                                NewAuditRecord.done("user.add", "x"));
                                throw new IllegalStateException("no");
                            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }
        assertThat(api.auditStore().verify().records()).isZero();
    }
}
