package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./dm demo} promises. */
class DemoIT {

    private static final Map<String, String> NONE = Map.of();

    @TempDir Path folder;

    @Test
    void it_is_ready_in_time_says_so_in_one_line_and_starts_again_on_its_folder() {
        Path data = folder.resolve("demo");
        String first;
        try (DmProcess demo = demo(data)) {
            first = demo.awaitLine("ready ", Duration.ofSeconds(30));
            everyDeviceIsThere(ReadyLine.parse(first));
            aSecondDemoOnTheFolderIsRefusedByName(data);
            assertThat(demo.terminate()).as("exit code").isZero();
            assertThat(demo.out()).hasLineCount(1);
        }
        assertThat(data.resolve("connection")).doesNotExist();
        try (DmProcess demo = demo(data)) {
            ReadyLine second = ReadyLine.parse(demo.awaitLine("ready ", Duration.ofSeconds(15)));
            assertThat(second.password()).isEqualTo(ReadyLine.parse(first).password());
            assertThat(second.token()).isEqualTo(ReadyLine.parse(first).token());
            everyDeviceIsThere(second);
            assertThat(demo.terminate()).as("exit code").isZero();
        }
    }

    @Test
    void killed_it_leaves_no_process_behind_and_starts_again() {
        Path data = folder.resolve("demo");
        List<ProcessHandle> children;
        try (DmProcess demo = demo(data, "--devices", "1")) {
            demo.awaitLine("ready ", Duration.ofSeconds(30));
            children = ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
            assertThat(children).isNotEmpty();
            demo.kill();
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        try (DmProcess demo = demo(data, "--devices", "1")) {
            demo.awaitLine("ready ", Duration.ofSeconds(30));
            assertThat(demo.terminate()).isZero();
        }
    }

    @Test
    void a_port_in_use_and_a_wrong_number_are_said_plainly() {
        try (DmProcess demo = demo(folder.resolve("one"), "--devices", "0")) {
            String url = ReadyLine.parse(demo.awaitLine("ready ", Duration.ofSeconds(30))).url();
            String port = url.substring(url.lastIndexOf(':') + 1);
            var second =
                    DmProcess.run(
                            folder,
                            NONE,
                            "demo",
                            "--http-port",
                            port,
                            "--coaps-port",
                            "0",
                            "--devices",
                            "0",
                            "--no-browser",
                            "--data",
                            folder.resolve("two").toString());
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.err()).contains("in use").contains("--http-port");
            assertThat(second.out()).isEmpty();
        }
        var wrong =
                DmProcess.run(
                        folder,
                        NONE,
                        "demo",
                        "--devices",
                        "-1",
                        "--data",
                        folder.resolve("three").toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("expected 0 to 1000");
    }

    private DmProcess demo(Path data, String... more) {
        var arguments =
                new java.util.ArrayList<>(
                        List.of(
                                "demo",
                                "--http-port",
                                "0",
                                "--coap-port",
                                "0",
                                "--coaps-port",
                                "0",
                                "--no-browser",
                                "--data",
                                data.toString()));
        arguments.addAll(List.of(more));
        return DmProcess.start(folder, NONE, arguments.toArray(String[]::new));
    }

    private void everyDeviceIsThere(ReadyLine ready) {
        var devices = DmProcess.run(folder, ready.environment(), "device", "list", "--json").json();
        assertThat(devices.path("total").asInt()).isEqualTo(13);
        assertThat(devices.path("items"))
                .allSatisfy(
                        device -> {
                            assertThat(device.path("state").asText()).isIn("Online", "Asleep");
                            assertThat(device.path("model").asText()).isNotEmpty();
                            assertThat(device.path("firmware").asText()).isNotEmpty();
                            assertThat(device.path("secured").asBoolean()).isTrue();
                        });
        assertThat(devices.path("items"))
                .filteredOn(device -> device.path("queueMode").asBoolean())
                .hasSize(2);
    }

    private void aSecondDemoOnTheFolderIsRefusedByName(Path data) {
        var second =
                DmProcess.run(
                        folder,
                        NONE,
                        "demo",
                        "--http-port",
                        "0",
                        "--coaps-port",
                        "0",
                        "--no-browser",
                        "--data",
                        data.toString());
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.err()).contains("Another demo uses the folder " + data);
        assertThat(second.out()).isEmpty();
    }
}
