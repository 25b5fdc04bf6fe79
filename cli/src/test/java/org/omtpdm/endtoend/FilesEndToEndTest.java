package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.RootRight;

/** Files of this machine, seen and deleted from the API; the operating system confirms. */
class FilesEndToEndTest {

    private static final int MANY = 5_000;

    @RegisterExtension
    static final ServerAndDevice WORLD =
            new ServerAndDevice()
                    .withRoot("many", RootRight.LIST)
                    .withRoot("logs", RootRight.LIST, RootRight.READ);

    private Path files;

    @BeforeEach
    void someFiles() throws IOException {
        files = WORLD.sandboxFiles();
        Files.writeString(files.resolve("letter.txt"), "Dear operator");
        Files.writeString(files.resolve("virus.bin"), "evil content");
        Files.createDirectories(files.resolve("deep/er"));
        Files.writeString(files.resolve("deep/er/still.txt"), "down here");
    }

    @Test
    @Requirement({"R-FI-01", "R-FI-02"})
    void a_folder_is_listed_with_filters_and_a_file_is_looked_at() {
        assertThat(names(list(Map.of("path", "0:"))))
                .contains("letter.txt", "virus.bin", "deep")
                .doesNotContain("still.txt");
        assertThat(done("list", Map.of("path", "0:", "depth", 3, "name", "*.txt")).toString())
                .contains("letter.txt", "still.txt")
                .doesNotContain("virus.bin");

        JsonNode stat = done("stat", Map.of("path", "0:virus.bin")).path("result");

        assertThat(stat.path("size").asLong()).isEqualTo("evil content".length());
        assertThat(stat.path("sha256").asText()).isEqualTo(sha256("evil content"));
    }

    @Test
    @Requirement("R-FI-01")
    void a_file_is_found_by_the_beginning_of_its_hash() {
        var found =
                done(
                        "list",
                        Map.of(
                                "path",
                                "0:",
                                "depth",
                                3,
                                "sha256Prefix",
                                sha256("evil content").substring(0, 16)));

        assertThat(found.toString()).contains("virus.bin").doesNotContain("letter.txt");
    }

    @Test
    void content_is_fetched() {
        var fetched = done("fetch", Map.of("path", "0:letter.txt", "reason", "an end-to-end test"));

        assertThat(
                        new String(
                                WORLD.api()
                                        .bytes(
                                                "/api/v1/commands/"
                                                        + fetched.path("id").asText()
                                                        + "/content"),
                                StandardCharsets.UTF_8))
                .isEqualTo("Dear operator");
    }

    @Test
    @Requirement("R-FI-05")
    void a_file_is_deleted_unless_it_has_changed() throws IOException {
        Path file = files.resolve("virus.bin");
        Files.writeString(file, "other content");

        refused(delete("0:virus.bin", sha256("evil content")));
        assertThat(file).hasContent("other content");

        WORLD.api().done(post("delete", delete("0:virus.bin", sha256("other content"))));
        assertThat(file).doesNotExist();
    }

    @Test
    @Requirement("R-FI-03")
    void nothing_outside_the_roots_is_reached() throws IOException {
        Path secret = Files.writeString(WORLD.outside().resolve("secret"), "not for you");
        Path link = files.resolve("link");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, secret.getParent());

        for (String path : List.of("0:link/secret", "0:../../outside/secret", "0:deep/../../x")) {
            assertThatThrownBy(() -> refused(Map.of("path", path, "reason", "a test"), "delete"))
                    .as(path)
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(CommandFailure.class),
                            e -> assertThat(e).isInstanceOf(RefusedByDevice.class));
        }

        assertThat(secret).hasContent("not for you");
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    @Requirement("R-FI-08")
    void a_file_in_a_root_without_the_right_is_not_deleted() throws IOException {
        Path log = Files.writeString(WORLD.root("logs").resolve("system.log"), "a line");

        JsonNode ended = refused(Map.of("path", "2:system.log", "reason", "a test"));

        assertThat(ended.path("cause").asText()).isNotBlank();
        assertThat(log).hasContent("a line");
    }

    @Test
    @Requirement("R-FI-04")
    void five_thousand_files_are_listed_through_a_window_of_eight_kilobytes() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String name = "entry-%05d.log".formatted(i);
            Files.writeString(WORLD.root("many").resolve(name), "entry " + i);
            expected.add(name);
        }

        WORLD.proxy().resetTraffic();
        list(Map.of("path", "1:"));
        UdpProxy.Traffic traffic = WORLD.proxy().traffic();

        System.out.printf(
                "%d files: %d requests, %d bytes of UDP payload%n",
                MANY, traffic.fromServer(), traffic.bytes());
        assertThat(names(WORLD.api().get(WORLD.device() + "/files", Map.of("path", "1:"))))
                .containsAll(expected);
        assertThat(number("/42770/0/29") * number("/42770/0/26"))
                .as("bytes of the agent's window")
                .isPositive()
                .isLessThanOrEqualTo(8192);
    }

    @Test
    @Requirement("R-FI-09")
    void that_something_changed_is_seen_from_one_number() {
        long before = number("/42770/0/28");
        WORLD.api().done(post("delete", delete("0:letter.txt", sha256("Dear operator"))));

        assertThat(number("/42770/0/28")).isNotEqualTo(before);
    }

    private static JsonNode post(String what, Map<String, ?> body) {
        return WORLD.api().post(WORLD.device() + "/files/" + what, body);
    }

    private static JsonNode done(String what, Map<String, ?> body) {
        return WORLD.api().done(post(what, body));
    }

    private static Map<String, Object> delete(String path, String sha256) {
        return Map.of("path", path, "sha256", sha256, "reason", "an end-to-end test");
    }

    private static JsonNode refused(Map<String, ?> deletion) {
        return WORLD.api().refused(post("delete", deletion));
    }

    /** Thrown so that a refusal by the device and one by the server are told in one way. */
    private static final class RefusedByDevice extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void refused(Map<String, ?> body, String what) {
        WORLD.api().refused(post(what, body));
        throw new RefusedByDevice();
    }

    private static JsonNode list(Map<String, ?> wanted) {
        done("list", wanted);
        return WORLD.api().get(WORLD.device() + "/files", Map.of("path", wanted.get("path")));
    }

    private static List<String> names(JsonNode listing) {
        List<String> names = new ArrayList<>();
        listing.path("items").forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    private static long number(String path) {
        WORLD.api()
                .done(
                        WORLD.api()
                                .post(
                                        WORLD.device() + "/refresh",
                                        Map.of("what", "objects", "paths", List.of(path))));
        return WORLD.resource(path).at("/known/value").asLong();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
