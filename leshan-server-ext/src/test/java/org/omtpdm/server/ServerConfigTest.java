package org.omtpdm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.config.ConfigException;
import org.omtpdm.server.config.Setting;

class ServerConfigTest {

    @TempDir Path folder;

    private ServerConfig.Loaded load(String toml, String... pairs) throws IOException {
        var file = Files.writeString(folder.resolve("server.toml"), toml);
        return ServerConfig.load(Optional.of(file), List.of(pairs), Optional.empty(), folder);
    }

    private List<String> problems(String toml, String... pairs) {
        return catchThrowableOfType(ConfigException.class, () -> load(toml, pairs)).problems();
    }

    @Test
    void everything_has_a_default() {
        var loaded = ServerConfig.load(Optional.empty(), List.of(), Optional.empty(), folder);
        var config = loaded.config();
        assertThat(config.data()).isEqualTo(folder.toAbsolutePath());
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.lwm2m().coapsPort()).isEqualTo(5684);
        assertThat(config.lwm2m().coapPort()).isEmpty();
        assertThat(config.demo()).isFalse();
        assertThat(loaded.settings()).extracting(Setting::origin).containsOnly("default");
    }

    @Test
    void every_key_is_read_from_the_file_and_pairs_count_more() throws Exception {
        var loaded =
                load(
                        """
                        data = "/tmp/somewhere"
                        [database]
                        url = "jdbc:postgresql://db/omtpdm"
                        user = "dm"
                        password = "secret"
                        readers = 7
                        [http]
                        host = "0.0.0.0"
                        port = 9090
                        allowed-hosts = ["dm.example.org", "DM2.example.org"]
                        secure-cookies = true
                        [lwm2m]
                        host = "0.0.0.0"
                        coaps-port = 1
                        coap-port = 2
                        nosec = true
                        default-lifetime = "2h"
                        awake-time = "10s"
                        max-in-flight = 3
                        max-registrations = 4
                        max-body-size = "64KiB"
                        max-connections = 5
                        calls-per-second = 6
                        [lane]
                        devices-at-once = 8
                        answer-within = "20s"
                        attempts = 9
                        first-pause = "2s"
                        longest-pause = "3m"
                        [security]
                        session-idle = "5m"
                        session-lifetime = "1h"
                        [events]
                        keep = "2d"
                        keep-at-most = 5000
                        """,
                        "http.port=0",
                        "lwm2m.nosec=false");
        var config = loaded.config();
        assertThat(config.http().port()).isZero();
        assertThat(config.http().allowedHosts())
                .containsExactly("dm.example.org", "dm2.example.org");
        assertThat(config.http().secureCookies()).isTrue();
        assertThat(config.lwm2m().coapPort()).isEmpty();
        assertThat(config.lwm2m().maxBodySize()).isEqualTo(65536);
        assertThat(config.lwm2m().defaultLifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(config.lane().longestPause()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.sessions().idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.events().atMost()).isEqualTo(5000);
        assertThat(config.database().readers()).isEqualTo(7);
        assertThat(loaded.settings())
                .contains(
                        new Setting("http.port", "0", "--set"),
                        new Setting("database.password", "(hidden)", "server.toml"))
                .extracting(Setting::origin)
                .doesNotContain("default");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void all_problems_are_reported_together_with_their_full_names() {
        assertThat(
                        problems(
                                """
                                datta = "x"
                                [http]
                                port = 70000
                                secure-cookies = "maybe"
                                [lane]
                                answer-within = "20"
                                [security]
                                session-idle = "3h"
                                session-lifetime = "2h"
                                """,
                                "lwm2m.max-body-size=1TB",
                                "nonsense"))
                .satisfiesExactlyInAnyOrder(
                        problem ->
                                assertThat(problem)
                                        .startsWith("datta: unknown key")
                                        .contains("did you mean data?"),
                        problem ->
                                assertThat(problem)
                                        .isEqualTo("http.port: 70000, expected 0 to 65535"),
                        problem -> assertThat(problem).startsWith("http.secure-cookies: maybe"),
                        problem -> assertThat(problem).startsWith("lane.answer-within: 20"),
                        problem -> assertThat(problem).startsWith("security.session-lifetime"),
                        problem -> assertThat(problem).startsWith("lwm2m.max-body-size: 1TB"),
                        problem -> assertThat(problem).startsWith("--set nonsense"));
    }

    @Test
    void what_is_not_toml_or_not_there_is_a_problem() {
        assertThat(problems("a = = 1")).singleElement().asString().contains("not TOML");
        var missing =
                catchThrowableOfType(
                        ConfigException.class,
                        () ->
                                ServerConfig.load(
                                        Optional.of(folder.resolve("none.toml")),
                                        List.of(),
                                        Optional.of("short"),
                                        folder));
        assertThat(missing.problems()).hasSize(2);
        assertThat(missing.problems().get(1)).startsWith("OMTPDM_SECRET_KEY");
    }
}
