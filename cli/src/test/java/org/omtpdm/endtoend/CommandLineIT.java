package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;

/**
 * The nouns of the API from the shell, on a real demo: this machine's processes and files, through
 * DTLS.
 */
class CommandLineIT {

    @TempDir static Path folder;

    private static DmProcess demo;
    private static ReadyLine ready;
    private static Path data;
    private static String host;

    @BeforeAll
    static void aDemo() throws IOException {
        data = folder.resolve("demo");
        demo =
                DmProcess.start(
                        folder,
                        Map.of(),
                        "demo",
                        "--http-port",
                        "0",
                        "--coap-port",
                        "0",
                        "--coaps-port",
                        "0",
                        "--no-browser",
                        "--data",
                        data.toString());
        ready = ReadyLine.parse(demo.awaitLine("ready ", Duration.ofSeconds(60)));
        host = "host-" + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    @AfterAll
    static void end() {
        assertThat(demo.terminate()).isZero();
        demo.close();
    }

    private static DmProcess.Ended dm(String... arguments) {
        return DmProcess.run(folder, ready.environment(), arguments);
    }

    @Test
    void a_device_is_named_by_id_endpoint_or_name() {
        JsonNode byEndpoint = dm("device", "show", host, "--json").json();

        assertThat(
                        dm("device", "show", byEndpoint.path("id").asText(), "--json")
                                .json()
                                .path("endpoint")
                                .asText())
                .isEqualTo(host);
        assertThat(dm("device", "show", "This machine", "--json").json().path("endpoint").asText())
                .isEqualTo(host);
        var unknown = dm("device", "show", "nobody");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.err()).contains("No device has the id, endpoint or name 'nobody'");
    }

    @Test
    void tables_are_for_people_and_json_is_the_apis_body() {
        var table = dm("device", "list");

        assertThat(table.exitCode()).isZero();
        assertThat(table.out().lines().findFirst().orElseThrow())
                .startsWith("NAME")
                .contains("ENDPOINT", "STATE", "FIRMWARE");
        assertThat(table.out()).contains(host);
        assertThat(dm("device", "list", "--json").json().path("items")).isNotEmpty();
    }

    @Test
    @Requirement({"R-PR-01", "R-PR-03"})
    void a_process_of_the_sandbox_is_listed_and_terminated_and_the_system_confirms()
            throws IOException {
        Process started =
                new ProcessBuilder(data.resolve("agent/sandbox/run").toString(), "sleep", "4321")
                        .start();
        try {
            ProcessHandle sleep =
                    await().until(
                                    () ->
                                            started.descendants()
                                                    .filter(
                                                            child ->
                                                                    child.info()
                                                                            .arguments()
                                                                            .filter(
                                                                                    words ->
                                                                                            words[0]
                                                                                                    .equals(
                                                                                                            "4321"))
                                                                            .isPresent())
                                                    .findFirst()
                                                    .orElse(null),
                                    child -> child != null);
            JsonNode listed = dm("process", "list", host, "--refresh", "--json").json();
            assertThat(process(listed, sleep.pid()).path("name").asText()).isEqualTo("sleep");
            assertThat(process(listed, sleep.pid()).path("protected").asBoolean()).isFalse();

            var ended =
                    dm(
                            "process",
                            "terminate",
                            host,
                            String.valueOf(sleep.pid()),
                            "--reason",
                            "a test");

            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
            assertThat(sleep.isAlive()).isFalse();
        } finally {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
        }
    }

    @Test
    @Requirement("R-PR-04")
    void a_process_outside_the_sandbox_is_refused_by_the_device_and_lives_on() throws IOException {
        Process bystander = new ProcessBuilder("sleep", "4322").start();
        try {
            JsonNode listed = dm("process", "list", host, "--refresh", "--json").json();
            assertThat(process(listed, bystander.pid()).path("name").asText()).isEqualTo("sleep");

            var ended =
                    dm(
                            "process",
                            "terminate",
                            host,
                            String.valueOf(bystander.pid()),
                            "--reason",
                            "a test");

            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(3);
            assertThat(ended.out())
                    .contains("Refused by the device")
                    .containsIgnoringCase("protected");
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    private static JsonNode process(JsonNode listed, long pid) {
        return StreamSupport.stream(listed.path("items").spliterator(), false)
                .filter(process -> process.path("pid").asLong() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process " + pid + " in " + listed));
    }

    @Test
    @Requirement({"R-FI-01", "R-FI-02", "R-FI-05", "R-FI-06"})
    void a_file_of_the_sandbox_is_found_looked_at_and_deleted_and_the_system_confirms()
            throws IOException {
        Path file =
                Files.writeString(
                        Files.createDirectories(data.resolve("agent/sandbox/files/inbox"))
                                .resolve("odd one.txt"),
                        "look at me\n");

        assertThat(dm("file", "list", host, "0:inbox").out()).contains("0:inbox/odd one.txt");
        assertThat(dm("file", "stat", host, "0:inbox/odd one.txt").out()).contains(sha256(file));
        assertThat(dm("file", "fetch", host, "0:inbox/odd one.txt", "--reason", "a test").out())
                .isEqualTo("look at me\n");
        var otherContent =
                dm(
                        "file",
                        "delete",
                        host,
                        "0:inbox/odd one.txt",
                        "--sha256",
                        "0".repeat(64),
                        "--reason",
                        "a test");
        assertThat(otherContent.exitCode()).isEqualTo(3);
        assertThat(file).exists();

        var deleted =
                dm(
                        "file",
                        "delete",
                        host,
                        "0:inbox/odd one.txt",
                        "--sha256",
                        sha256(file),
                        "--reason",
                        "a test");

        assertThat(deleted.exitCode()).as(deleted.out() + deleted.err()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    @Requirement("R-FI-03")
    void no_path_leads_out_of_a_root() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "stay");
        Path files = data.resolve("agent/sandbox/files");
        Files.deleteIfExists(files.resolve("way-out"));
        Files.createSymbolicLink(files.resolve("way-out"), folder);

        var upwards = dm("file", "delete", host, "0:../../outside.txt", "--reason", "a test");
        var throughALink =
                dm("file", "delete", host, "0:way-out/outside.txt", "--reason", "a test");
        var otherRoot = dm("file", "delete", host, "7:outside.txt", "--reason", "a test");

        assertThat(upwards.exitCode()).as(upwards.out() + upwards.err()).isIn(2, 3);
        assertThat(throughALink.exitCode())
                .as(throughALink.out() + throughALink.err())
                .isEqualTo(3);
        assertThat(otherRoot.exitCode()).as(otherRoot.out() + otherRoot.err()).isIn(3, 4);
        assertThat(outside).exists();
    }

    @Test
    void work_for_a_sleeping_device_is_accepted_and_waits() {
        String sleeper =
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () ->
                                        dm("device", "list", "--state", "Asleep", "--json")
                                                .json()
                                                .at("/items/0/endpoint")
                                                .asText(""),
                                name -> !name.isEmpty());

        assertThat(dm("device", "refresh", sleeper, "--no-wait").exitCode()).isZero();
        var waited = dm("device", "refresh", sleeper, "--timeout", "1");
        assertThat(waited.exitCode()).isIn(0, 5);
        assertThat(waited.out()).contains("Waiting").containsIgnoringCase("asleep");
    }

    @Test
    void a_job_runs_on_a_selection_and_its_exit_code_says_how_it_ended() {
        var done =
                dm("job", "create", "device.refresh", "--argument", "what=facts", "--device", host);
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        assertThat(done.out()).contains("1 Done");

        var nobody = dm("job", "create", "device.refresh");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("Which devices?");
    }

    @Test
    void a_token_may_what_its_roles_may_until_it_is_revoked() {
        JsonNode token = dm("token", "add", "reader", "--role", "viewer", "--json").json();
        Map<String, String> reader = new HashMap<>(ready.environment());
        reader.put("OMTPDM_TOKEN", token.path("secret").asText());

        assertThat(DmProcess.run(folder, reader, "device", "list").exitCode()).isZero();
        var refused =
                DmProcess.run(
                        folder,
                        reader,
                        "process",
                        "terminate",
                        host,
                        "1",
                        "--start-time",
                        "1",
                        "--reason",
                        "a test");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("NOT_ALLOWED");
        assertThat(dm("token", "revoke", token.path("id").asText()).exitCode()).isZero();
        assertThat(DmProcess.run(folder, reader, "device", "list").exitCode()).isEqualTo(3);
    }

    @Test
    void without_a_token_or_a_server_the_message_says_what_would_help() {
        var noToken = DmProcess.run(folder, Map.of("OMTPDM_URL", ready.url()), "device", "list");
        assertThat(noToken.exitCode()).isEqualTo(3);
        assertThat(noToken.err()).contains("OMTPDM_TOKEN");
        var nobody =
                DmProcess.run(folder, Map.of("OMTPDM_URL", "http://127.0.0.1:9"), "device", "list");
        assertThat(nobody.exitCode()).isEqualTo(5);
        assertThat(DmProcess.run(folder, Map.of(), "device", "list", "--stat").exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_second_shell_finds_the_demo_in_the_users_data_home() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(home.resolve("dm-demo"), data);

        var listed =
                DmProcess.run(folder, Map.of("XDG_DATA_HOME", home.toString()), "device", "list");

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out()).contains(host);
    }

    @Test
    void a_hostile_name_does_nothing_to_the_terminal() {
        assertThat(dm("device", "add", "hostile", "--name", "gpj.\u202eexe").exitCode()).isIn(0, 2);

        assertThat(dm("device", "list", "--json").out() + dm("device", "list").out())
                .doesNotContain("\u202e", "\u001b");
    }

    @Test
    void the_audit_chain_holds() {
        var verdict = dm("audit", "verify");

        assertThat(verdict.exitCode()).as(verdict.out() + verdict.err()).isZero();
        assertThat(dm("audit", "list").out()).contains("WHO");
    }

    private static String sha256(Path file) throws IOException {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256")
                                    .digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
