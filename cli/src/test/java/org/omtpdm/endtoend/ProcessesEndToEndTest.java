package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.objects.Requirement;

/** Processes of this machine, seen and ended from the API; the operating system confirms. */
class ProcessesEndToEndTest {

    @RegisterExtension static final ServerAndDevice WORLD = new ServerAndDevice();

    @Test
    @Requirement({"R-PR-01", "R-GEN-01"})
    void the_processes_of_this_machine_are_listed() throws IOException {
        try (SandboxedProgram program = WORLD.startInSandbox("sleep", "4321")) {
            var listed = WORLD.listProcesses();

            assertThat(listed).containsKey(ProcessHandle.current().pid());
            JsonNode sleep = listed.get(program.pid()).json();
            assertThat(sleep.path("name").asText()).isEqualTo("sleep");
            assertThat(sleep.path("state").asText()).isEqualTo("sleeping");
            assertThat(sleep.path("memoryBytes").asLong()).isPositive();
            assertThat(sleep.has("cpuPermille")).isTrue();
            assertThat(sleep.has("user")).isTrue();
            assertThat(sleep.path("parentPid").asLong())
                    .isEqualTo(program.handle().parent().orElseThrow().pid());
            assertThat(Instant.parse(sleep.path("startedAt").asText()))
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(5)),
                            Instant.now().plusSeconds(2));
            assertThat(WORLD.api().device(ServerAndDevice.ENDPOINT).path("secured").asBoolean())
                    .isTrue();
        }
    }

    @Test
    @Requirement({"R-PR-03", "R-GEN-09", "R-GEN-10"})
    void a_process_of_the_sandbox_is_terminated() throws IOException {
        try (SandboxedProgram program = WORLD.startInSandbox("sleep", "4321")) {
            var process = WORLD.listProcesses().get(program.pid());

            JsonNode ended = WORLD.api().done(terminate(process.pid(), process.startTime()));

            await().atMost(Duration.ofSeconds(5)).until(() -> !program.isAlive());
            assertThat(Api.steps(ended))
                    .startsWith("requested")
                    .containsSubsequence("sent", "acknowledged", "verified");
            assertThat(terminationsInJournal()).doesNotHaveDuplicates();
        }
    }

    @Test
    @Requirement("R-PR-04")
    void a_process_outside_the_sandbox_is_refused_and_lives() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "4322").start();
        try {
            var process = WORLD.listProcesses().get(stranger.pid());

            JsonNode ended = WORLD.api().refused(terminate(process.pid(), process.startTime()));

            assertThat(ended.path("cause").asText()).containsIgnoringCase("protected");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @Requirement("R-PR-03")
    void a_reused_process_id_is_not_hit() throws IOException {
        try (SandboxedProgram program = WORLD.startInSandbox("sleep", "4321")) {
            var process = WORLD.listProcesses().get(program.pid());

            JsonNode ended =
                    WORLD.api().refused(terminate(process.pid(), process.startTime() - 60));

            assertThat(ended.path("cause").asText()).isNotBlank();
            assertThat(program.isAlive()).isTrue();
        }
    }

    private static JsonNode terminate(long pid, long startTime) {
        return WORLD.api().terminate(WORLD.deviceId(), pid, startTime, "graceful");
    }

    private static List<String> terminationsInJournal() throws IOException {
        return WORLD.journal().stream()
                .filter(line -> line.contains(" /42769/0/3 "))
                .map(line -> line.replaceAll(".*correlator=", ""))
                .toList();
    }
}
