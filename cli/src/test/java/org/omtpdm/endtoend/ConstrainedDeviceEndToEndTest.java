package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.objects.Requirement;

/** The agent as a small device: LwM2M 1.0, TLV only, pages of 200 bytes, one page at a time. */
class ConstrainedDeviceEndToEndTest {

    @RegisterExtension
    static final ServerAndDevice WORLD =
            new ServerAndDevice().withSettings(DeviceSettings::asConstrained);

    @Test
    @Requirement({"R-PR-01", "R-PR-03"})
    void processes_are_listed_and_ended() throws IOException {
        try (SandboxedProgram program = WORLD.startInSandbox("sleep", "4321")) {
            var process = WORLD.listProcesses().get(program.pid());

            WORLD.api()
                    .done(
                            WORLD.api()
                                    .terminate(
                                            WORLD.deviceId(),
                                            process.pid(),
                                            process.startTime(),
                                            "forced"));

            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    @Requirement({"R-FI-01", "R-FI-05"})
    void files_are_listed_and_deleted() throws IOException {
        var file = Files.writeString(WORLD.sandboxFiles().resolve("old.log"), "a line");
        var files = WORLD.device() + "/files";

        WORLD.api().done(WORLD.api().post(files + "/list", Map.of("path", "0:")));
        assertThat(WORLD.api().get(files, Map.of("path", "0:")).toString()).contains("old.log");
        WORLD.api()
                .done(
                        WORLD.api()
                                .post(
                                        files + "/delete",
                                        Map.of("path", "0:old.log", "reason", "a test")));

        assertThat(file).doesNotExist();
    }
}
