package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;

/**
 * SIGKILL in mid-work: the server while a process is being terminated, the agent while it lists
 * processes. Whatever the moment, every command ends in a defined state, nothing is done twice by
 * the device's own journal, and the server still knows the registration.
 */
class CrashIT {

    /** At least five; two in five kill the server. */
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 50);

    /** A kill comes after fewer datagrams than these, or when the command is over. */
    private static final int DATAGRAMS = 9;

    private static final Set<String> DEFINED =
            Set.of("Done", "Refused by the device", "No answer", "Unknown");

    @TempDir Path folder;

    private final Random random = new Random(42);
    private final List<SandboxedProgram> victims = new ArrayList<>();
    private Installation installation;
    private String device;

    @AfterEach
    void end() {
        victims.forEach(SandboxedProgram::close);
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Requirement({"R-GEN-06", "R-GEN-10"})
    void nothing_is_lost_or_done_twice_in_fifty_kills() throws IOException {
        installation = Installation.start(folder);
        device = installation.deviceId();
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean isServer = round % 5 < 2;
            JsonNode ended = isServer ? killTheServer() : killTheAgent();
            String state = ended.path("state").asText();
            assertThat(DEFINED).as("round %d: %s", round, ended.toPrettyString()).contains(state);
            outcomes.add((isServer ? "server killed: " : "agent killed: ") + state);
        }

        outcomes.stream()
                .distinct()
                .forEach(
                        outcome ->
                                System.out.printf(
                                        "%s, %d times%n",
                                        outcome,
                                        outcomes.stream().filter(outcome::equals).count()));
        List<String> terminations =
                installation.journal().stream()
                        .filter(line -> line.contains(" /42769/0/3 "))
                        .map(line -> line.replaceAll(".*correlator=", ""))
                        .toList();
        assertThat(terminations)
                .as("correlators of effects begun by the device")
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo((ROUNDS + 4) * 2 / 5);
        assertThat(outcomes).contains("server killed: Done", "agent killed: Done");
    }

    /** A terminate command is under way when the server dies. */
    private JsonNode killTheServer() throws IOException {
        SandboxedProgram victim =
                SandboxedProgram.start(installation.sandbox().resolve("run"), "sleep", "4323");
        victims.add(victim);
        JsonNode process = find(installation.listProcesses(device), victim.pid());
        installation.proxy().resetTraffic();
        String command =
                installation
                        .api()
                        .post(
                                "/api/v1/devices/"
                                        + device
                                        + "/processes/"
                                        + victim.pid()
                                        + "/terminate",
                                Map.of(
                                        "startTime",
                                        process.path("startTime").asLong(),
                                        "mode",
                                        "forced",
                                        "reason",
                                        "a test"))
                        .path("id")
                        .asText();
        awaitSomeOf(command);
        installation.killServer();
        installation.startServer();
        assertThat(installation.deviceState())
                .as("registration after a restart")
                .isIn("Online", "Asleep", "Overdue");
        JsonNode ended = installation.awaitEnd(command);
        if (ended.path("state").asText().equals("Done")) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !victim.isAlive());
        }
        return ended;
    }

    /** A listing is under way when the agent dies. */
    private JsonNode killTheAgent() {
        installation.proxy().resetTraffic();
        String command =
                installation
                        .api()
                        .post("/api/v1/devices/" + device + "/refresh", Map.of("what", "processes"))
                        .path("id")
                        .asText();
        awaitSomeOf(command);
        installation.killAgent();
        installation.startAgent();
        return installation.awaitEnd(command);
    }

    /** Waits until some datagrams of the command have passed: none, a few, or all of them. */
    private void awaitSomeOf(String command) {
        int some = random.nextInt(DATAGRAMS);
        await("datagrams")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () ->
                                installation.proxy().traffic().datagrams() >= some
                                        || installation.hasEnded(command));
    }

    private static JsonNode find(JsonNode listed, long pid) {
        for (JsonNode process : listed.path("items")) {
            if (process.path("pid").asLong() == pid) {
                return process;
            }
        }
        throw new AssertionError("No process " + pid + " in " + listed);
    }
}
