package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.objects.Requirement;

/** Status of this machine as the API shows it, compared with what the machine itself says. */
class StatusEndToEndTest {

    @RegisterExtension static final ServerAndDevice WORLD = new ServerAndDevice();

    @Test
    @Requirement("R-DG-01")
    void identity_versions_memory_and_errors_are_read() throws IOException {
        refreshFacts();

        assertThat(value("/3/0/17").orElseThrow().asText()).isEqualTo("Linux host");
        assertThat(value("/3/0/0").orElseThrow().asText()).isNotBlank();
        assertThat(value("/3/0/3").orElseThrow().asText()).isNotBlank();
        long total = Files.getFileStore(WORLD.sandboxFiles()).getTotalSpace() / 1024;
        assertThat(value("/3/0/21").orElseThrow().asLong()).isEqualTo(total);
        assertThat(value("/3/0/10").orElseThrow().asLong()).isBetween(0L, total);
        assertThat(WORLD.resource("/3/0/11").path("instances")).isNotEmpty();
    }

    @Test
    @Requirement("R-DG-02")
    void bearer_address_and_traffic_are_read() {
        refreshFacts();

        assertThat(value("/4/0/0")).isPresent();
        assertThat(WORLD.resource("/4/0/4").path("instances")).isNotEmpty();
    }

    @Test
    @Requirement("R-DG-07")
    void the_last_abnormal_exit_is_kept_and_shown() throws Exception {
        Process script =
                new ProcessBuilder(WORLD.sandboxScript().toString(), "sh", "-c", "exit 3").start();
        assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isEqualTo(3);

        await("the last exit")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            refreshFacts();
                            JsonNode exit =
                                    WORLD.api().get(WORLD.device() + "/processes").path("lastExit");
                            assertThat(exit.path("name").asText()).isEqualTo("sh");
                            assertThat(exit.path("code").asInt()).isEqualTo(3);
                        });
    }

    private static void refreshFacts() {
        WORLD.api().done(WORLD.api().post(WORLD.device() + "/refresh", Map.of("what", "facts")));
    }

    private static Optional<JsonNode> value(String path) {
        JsonNode value = WORLD.resource(path).at("/known/value");
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }
}
