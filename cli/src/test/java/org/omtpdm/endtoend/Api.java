package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.Connection;

/** The server's HTTP API with what tests ask of it again and again. */
final class Api {

    private static final Set<String> UNFINISHED = Set.of("Waiting", "Working");
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final ApiClient client;

    Api(int port, String token) {
        this.client = new ApiClient(new Connection("http://127.0.0.1:" + port, Optional.of(token)));
    }

    /** A process as the device last listed it. */
    record Process(long pid, long startTime, String name, JsonNode json) {}

    JsonNode get(String path) {
        return client.get(path);
    }

    JsonNode get(String path, Map<String, ?> query) {
        return client.get(path, query);
    }

    JsonNode post(String path, Object body) {
        return client.post(path, body);
    }

    byte[] bytes(String path) {
        return client.bytes(path);
    }

    void addDevice(String endpoint, String identity, String key) {
        client.post(
                "/api/v1/devices",
                Map.of("endpoint", endpoint, "pskIdentity", identity, "pskKey", key));
    }

    JsonNode device(String endpoint) {
        return client.get("/api/v1/devices", Map.of("endpoint", endpoint)).at("/items/0");
    }

    JsonNode command(JsonNode command) {
        return client.get("/api/v1/commands/" + command.path("id").asText());
    }

    /** Waits until a command has ended, however it ends. */
    JsonNode ended(JsonNode command) {
        return await("the end of " + command.path("title").asText())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> command(command),
                        now -> !UNFINISHED.contains(now.path("state").asText()));
    }

    /** Waits until a command has ended, and insists that it did what was asked. */
    JsonNode done(JsonNode command) {
        JsonNode ended = ended(command);
        assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("Done");
        return ended;
    }

    /** Waits until a command has ended, and insists that the device refused it. */
    JsonNode refused(JsonNode command) {
        JsonNode ended = ended(command);
        assertThat(ended.path("state").asText())
                .as(ended.toPrettyString())
                .isEqualTo("Refused by the device");
        return ended;
    }

    /** The last process list of a device by pid. */
    Map<Long, Process> processes(String deviceId) {
        Map<Long, Process> processes = new LinkedHashMap<>();
        for (JsonNode item :
                client.get("/api/v1/devices/" + deviceId + "/processes").path("items")) {
            Process process =
                    new Process(
                            item.path("pid").asLong(),
                            item.path("startTime").asLong(),
                            item.path("name").asText(),
                            item);
            processes.put(process.pid(), process);
        }
        return processes;
    }

    JsonNode terminate(String deviceId, long pid, long startTime, String mode) {
        return client.post(
                "/api/v1/devices/" + deviceId + "/processes/" + pid + "/terminate",
                Map.of("startTime", startTime, "mode", mode, "reason", "an end-to-end test"));
    }

    /** Steps of a command's timeline. */
    static List<String> steps(JsonNode command) {
        List<String> steps = new ArrayList<>();
        command.path("timeline").forEach(step -> steps.add(step.path("step").asText()));
        return steps;
    }
}
