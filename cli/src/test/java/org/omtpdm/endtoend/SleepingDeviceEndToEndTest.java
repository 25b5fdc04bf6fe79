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
import org.omtpdm.client.QueueMode;
import org.omtpdm.objects.Requirement;

/** A real agent that drops everything unread between its wake-ups. */
class SleepingDeviceEndToEndTest {

    private static final Duration AWAKE = Duration.ofSeconds(2);
    private static final Duration WAKES_EVERY = Duration.ofSeconds(8);

    @RegisterExtension
    static final ServerAndDevice WORLD =
            new ServerAndDevice()
                    .withSettings(device -> device.withQueueMode(new QueueMode(WAKES_EVERY, AWAKE)))
                    .withServer(
                            config ->
                                    config.withLwm2m(
                                            config.lwm2m().withAwakeTime(AWAKE.minusMillis(500))));

    @Test
    @Requirement({"R-GEN-07", "R-GEN-10"})
    void commands_wait_for_the_wake_up_and_are_delivered_in_order_and_once() throws IOException {
        try (SandboxedProgram first = WORLD.startInSandbox("sleep", "4321");
                SandboxedProgram second = WORLD.startInSandbox("sleep", "4321")) {
            var listed = WORLD.listProcesses();
            List<String> before = WORLD.journal();
            awaitSleep();
            WORLD.proxy().resetTraffic();

            JsonNode one = terminate(listed.get(first.pid()));
            JsonNode two = terminate(listed.get(second.pid()));

            assertThat(WORLD.api().command(one).path("state").asText()).isEqualTo("Waiting");
            assertThat(WORLD.api().command(two).path("state").asText()).isEqualTo("Waiting");
            assertThat(Api.steps(WORLD.api().command(one))).contains("queued");
            assertThat(WORLD.proxy().traffic().fromServer())
                    .as("datagrams into its sleep")
                    .isZero();
            assertThat(first.isAlive()).isTrue();

            JsonNode oneEnded = WORLD.api().done(one);
            JsonNode twoEnded = WORLD.api().done(two);

            assertThat(first.isAlive()).isFalse();
            assertThat(second.isAlive()).isFalse();
            assertThat(endedAt(oneEnded)).isBeforeOrEqualTo(endedAt(twoEnded));
            assertThat(WORLD.journal().subList(before.size(), WORLD.journal().size()))
                    .as("effects begun by the device")
                    .hasSize(2)
                    .allMatch(line -> line.contains(" /42769/0/3 correlator="))
                    .doesNotHaveDuplicates();
        }
    }

    private static Instant endedAt(JsonNode command) {
        return Instant.parse(command.path("endedAt").asText());
    }

    private static void awaitSleep() {
        await("sleep")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () ->
                                WORLD.api()
                                        .device(ServerAndDevice.ENDPOINT)
                                        .path("state")
                                        .asText()
                                        .equals("Asleep"));
    }

    private static JsonNode terminate(Api.Process process) {
        return WORLD.api()
                .terminate(WORLD.deviceId(), process.pid(), process.startTime(), "forced");
    }
}
