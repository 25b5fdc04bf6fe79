package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.objects.Requirement;

/** A bad network between server and agent: a fifth is lost, some comes twice or out of order. */
class WeatherEndToEndTest {

    private static final UdpProxy.Weather BAD = new UdpProxy.Weather(0.2, 0.1, 0.2, 300);
    private static final int PROGRAMS = 3;

    @RegisterExtension static final ServerAndDevice WORLD = new ServerAndDevice();

    private final List<SandboxedProgram> programs = new ArrayList<>();

    @AfterEach
    void end() {
        WORLD.proxy().weather(UdpProxy.Weather.FAIR);
        programs.forEach(SandboxedProgram::close);
    }

    @Test
    @Requirement({"R-GEN-06", "R-GEN-10"})
    void everything_converges_and_nothing_happens_twice() throws IOException {
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(WORLD.startInSandbox("sleep", "4321"));
        }
        var listed = WORLD.listProcesses();
        int before = WORLD.journal().size();
        WORLD.proxy().weather(BAD);

        List<JsonNode> commands = new ArrayList<>();
        for (SandboxedProgram program : programs) {
            var process = listed.get(program.pid());
            commands.add(
                    WORLD.api()
                            .terminate(
                                    WORLD.deviceId(),
                                    process.pid(),
                                    process.startTime(),
                                    "forced"));
        }
        commands.forEach(WORLD.api()::done);
        var after = WORLD.listProcesses();

        assertThat(programs).noneMatch(SandboxedProgram::isAlive);
        assertThat(after)
                .doesNotContainKeys(
                        programs.stream().map(SandboxedProgram::pid).toArray(Long[]::new));
        List<String> journal = WORLD.journal();
        assertThat(journal.subList(before, journal.size()))
                .as("effects begun by the device")
                .hasSize(PROGRAMS);
    }
}
