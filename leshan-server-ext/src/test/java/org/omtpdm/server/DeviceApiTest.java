package org.omtpdm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;
import org.omtpdm.server.api.ApiClient;
import org.omtpdm.server.lwm2m.BareLeshanClient;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;

/** Devices over the HTTP API, with a client whose LwM2M code isn't ours on the other side. */
class DeviceApiTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&\u202E %_";

    @TempDir Path folder;
    private RunningServer server;
    private ApiClient admin;
    private ApiClient viewer;

    @BeforeEach
    void start() {
        server = DmServer.start(ServerConfig.inFolder(folder));
        admin = as(Role.values());
        viewer = as(Role.VIEWER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ApiClient as(Role... roles) {
        var token =
                server.accounts()
                        .tokens()
                        .add(
                                Caller.system(),
                                new NewToken("t" + roles.length, List.of(roles), Optional.empty()));
        return ApiClient.anonymous(server.httpPort()).withToken(token.secret());
    }

    private JsonNode add(String endpoint) {
        var answer = admin.post("/api/v1/devices", Map.of("endpoint", endpoint));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json();
    }

    private BareLeshanClient connect(String endpoint, JsonNode added) {
        return BareLeshanClient.secured(
                endpoint,
                server.coapsPort(),
                added.get("pskIdentity").asText(),
                HexFormat.of().parseHex(added.get("pskKey").asText()));
    }

    private JsonNode get(String path) {
        var answer = viewer.get(path);
        assertThat(answer.status()).as("GET %s: %s", path, answer).isEqualTo(200);
        return answer.json();
    }

    private JsonNode device(String id) {
        return get("/api/v1/devices/" + id);
    }

    private static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    @Requirement("R-DG-01")
    void a_device_is_announced_comes_and_is_known_without_being_asked_again() throws Exception {
        var added = add("bare-1");
        var id = added.get("device").get("id").asText();
        assertThat(added.get("device").get("state").asText()).isEqualTo("Never seen");
        assertThat(added.get("agentCommand").asText())
                .contains("--endpoint bare-1", "coaps://127.0.0.1:" + server.coapsPort());

        try (var client = connect("bare-1", added)) {
            assertThat(client).isNotNull();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(device(id).get("state").asText()).isEqualTo("Online");
                                assertThat(device(id).path("manufacturer").asText())
                                        .isEqualTo("Acme");
                            });
            assertThat(device(id).get("model").asText()).isEqualTo("Anvil");
            assertThat(device(id).get("facts").findValuesAsText("label"))
                    .contains("Manufacturer", "Serial number");
            assertThat(device(id).get("refreshCosts").findValuesAsText("what"))
                    .contains("facts", "objects")
                    .doesNotContain("processes");
            var resources = get("/api/v1/devices/" + id + "/resources").get("objects");
            assertThat(resources.findValuesAsText("path")).contains("/3/0/0", "/1/0/1");
            assertThat(items(get("/api/v1/devices?q=acme+anvil"))).hasSize(1);
            assertThat(items(get("/api/v1/devices?q=acme+nothing"))).isEmpty();
        }
        assertThat(items(get("/api/v1/attention"))).isEmpty();
    }

    @Test
    void refreshing_asks_the_device_again() throws Exception {
        var added = add("bare-2");
        var id = added.get("device").get("id").asText();
        try (var client = connect("bare-2", added)) {
            assertThat(client).isNotNull();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> device(id).path("manufacturer").asText().equals("Acme"));
            var command =
                    admin.post(
                            "/api/v1/devices/" + id + "/refresh",
                            Map.of("what", "objects", "paths", List.of("/3/0/1", "/3/0/7777")));
            assertThat(command.status()).as("%s", command).isEqualTo(202);
            var commandId = command.json().get("id").asText();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    get("/api/v1/commands/" + commandId)
                                                            .get("state")
                                                            .asText())
                                            .isEqualTo("Done"));
        }
        assertThat(
                        admin.post(
                                        "/api/v1/devices/" + id + "/refresh",
                                        Map.of("what", "everything"))
                                .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(
                        viewer.post("/api/v1/devices/" + id + "/refresh", Map.of("what", "facts"))
                                .code())
                .isEqualTo("NOT_ALLOWED");
    }

    @Test
    void a_stranger_is_listed_as_refused_and_can_be_added() throws Exception {
        try (var client =
                BareLeshanClient.secured(
                        "stranger", server.coapsPort(), "stranger", new byte[16])) {
            assertThat(client).isNotNull();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !items(get("/api/v1/refused")).isEmpty());
        }
        var refused = items(get("/api/v1/refused")).get(0);
        assertThat(refused.get("identity").asText()).isEqualTo("stranger");
        assertThat(refused.get("reason").asText()).isEqualTo("UNKNOWN_IDENTITY");
        assertThat(refused.get("addable").asBoolean()).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !items(get("/api/v1/attention?state=open")).isEmpty());
        var item = items(get("/api/v1/attention?state=open")).get(0);
        assertThat(item.get("rule").asText()).isEqualTo("device-refused");

        var path = "/api/v1/attention/" + item.get("id").asText();
        assertThat(viewer.post(path + "/acknowledge").code()).isEqualTo("NOT_ALLOWED");
        assertThat(
                        admin.post(path + "/acknowledge", Map.of("note", "mine"))
                                .json()
                                .get("state")
                                .asText())
                .isEqualTo("acknowledged");
        assertThat(admin.post(path + "/snooze", Map.of()).code()).isEqualTo("BAD_REQUEST");
        assertThat(admin.post(path + "/explode", Map.of()).status()).isEqualTo(404);

        var forget = "/api/v1/refused/" + refused.get("id").asText();
        assertThat(viewer.delete(forget).code()).isEqualTo("NOT_ALLOWED");
        assertThat(admin.delete(forget).status()).isEqualTo(204);
        assertThat(items(get("/api/v1/refused"))).isEmpty();
    }

    @Test
    void people_name_devices_and_search_finds_the_name_whatever_it_holds() {
        var id = add("kiosk-1").get("device").get("id").asText();
        add("kiosk-2");
        var changed =
                admin.patch("/api/v1/devices/" + id, Map.of("name", HOSTILE, "note", "in Lyon"));
        assertThat(changed.json().get("name").asText()).isEqualTo(HOSTILE);

        assertThat(items(get("/api/v1/devices?q=" + encoded("<IMG onerror")))).hasSize(1);
        assertThat(items(get("/api/v1/devices?q=" + encoded("%")))).hasSize(1);
        assertThat(items(get("/api/v1/devices?q=lyon"))).hasSize(1);
        assertThat(items(get("/api/v1/devices?q=kiosk"))).hasSize(2);
        assertThat(viewer.patch("/api/v1/devices/" + id, Map.of("name", "x")).code())
                .isEqualTo("NOT_ALLOWED");
        assertThat(admin.patch("/api/v1/devices/" + id, Map.of("nam", "x")).code())
                .isEqualTo("BAD_REQUEST");
        assertThat(admin.patch("/api/v1/devices/nobody", Map.of("name", "x")).code())
                .isEqualTo("DEVICE_UNKNOWN");
    }

    @Test
    void a_device_is_announced_once() {
        add("kiosk-1");
        assertThat(admin.post("/api/v1/devices", Map.of("endpoint", "kiosk-1")).code())
                .isEqualTo("ALREADY_EXISTS");
        assertThat(
                        admin.post(
                                        "/api/v1/devices",
                                        Map.of("endpoint", "other", "pskIdentity", "kiosk-1"))
                                .code())
                .isEqualTo("ALREADY_EXISTS");
        assertThat(items(get("/api/v1/devices"))).hasSize(1);
        assertThat(admin.post("/api/v1/devices", Map.of("endpoint", "a\u0000b")).code())
                .isEqualTo("BAD_REQUEST");
        assertThat(admin.post("/api/v1/devices", Map.of("endpoint", "x", "pskKey", "12")).code())
                .isEqualTo("BAD_REQUEST");
        assertThat(viewer.post("/api/v1/devices", Map.of("endpoint", "x")).code())
                .isEqualTo("NOT_ALLOWED");
    }

    @Test
    void lists_refuse_what_they_do_not_understand() {
        for (var query :
                List.of(
                        "sort=size",
                        "state=Happy",
                        "limit=0",
                        "limit=501",
                        "cursor=abc",
                        "cursor=WyJhIl0",
                        "attention=perhaps",
                        "heardSince=yesterday")) {
            assertThat(viewer.get("/api/v1/devices?" + query).code())
                    .as(query)
                    .isEqualTo("BAD_REQUEST");
        }
        assertThat(viewer.get("/api/v1/attention?cursor=WyJhIl0").code()).isEqualTo("BAD_REQUEST");
        assertThat(viewer.get("/api/v1/refused?cursor=WyJhIl0").code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void overview_facets_and_models_answer_as_documented() {
        add("kiosk-1");
        var overview = get("/api/v1/overview");
        assertThat(overview.get("devices").get("total").asInt()).isEqualTo(1);
        assertThat(overview.get("heardByHour")).hasSize(24);
        assertThat(overview.get("since").get("newDevices").asInt()).isEqualTo(1);
        assertThat(get("/api/v1/devices/facets").get("state").get(0).get("value").asText())
                .isEqualTo("Never seen");
        assertThat(get("/api/v1/devices/facets?q=kiosk").get("total").asInt()).isEqualTo(1);
        assertThat(items(get("/api/v1/models")).size()).isGreaterThan(10);
        assertThat(get("/api/v1/models/3").get("name").asText()).isEqualTo("Device");
        assertThat(get("/api/v1/models/42769").get("resources").findValuesAsText("name"))
                .contains("Process Count");
        assertThat(viewer.get("/api/v1/models/61000").status()).isEqualTo(404);
    }
}
