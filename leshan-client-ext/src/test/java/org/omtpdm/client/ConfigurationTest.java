package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.virtual.Personality;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.objects.RootRight;

/** What may be configured, and what is refused with words that help. */
class ConfigurationTest {

    @TempDir Path temp;

    private static final ServerAccount SERVER =
            ServerAccount.secured(
                    URI.create("coaps://example.org"),
                    PskCredentials.ofHex("me", "00ff"),
                    Duration.ofMinutes(5));

    @Test
    void a_server_has_the_port_of_its_protocol_when_it_names_none() {
        assertThat(SERVER.port()).isEqualTo(5684);
        assertThat(
                        new ServerAccount(
                                        2,
                                        URI.create("coap://[::1]:9999"),
                                        Optional.empty(),
                                        Duration.ofSeconds(1))
                                .port())
                .isEqualTo(9999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coaps://", "http://example.org", "example.org", "coap://example.org"})
    void a_server_that_cannot_be_is_refused(String uri) {
        assertThatThrownBy(
                        () ->
                                ServerAccount.secured(
                                        URI.create(uri),
                                        PskCredentials.ofHex("me", "00"),
                                        Duration.ofSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secrets_are_never_printed() {
        assertThat(SERVER.toString()).contains("me").doesNotContain("00ff", "[0, -1]");
        assertThatThrownBy(() -> PskCredentials.ofHex("me", "secret"))
                .hasMessageContaining("me")
                .hasMessageNotContaining("secret");
    }

    @Test
    void roots_are_read_with_their_rights() {
        assertThat(FileRoot.parse("docs=/srv/docs"))
                .isEqualTo(
                        new FileRoot(
                                "docs",
                                Path.of("/srv/docs"),
                                Set.of(RootRight.LIST, RootRight.READ)));
        assertThat(FileRoot.parse("all=/srv:list,read,write,delete").rights())
                .containsExactlyInAnyOrder(RootRight.values());
        assertThat(FileRoot.parse(FileRoot.parse("a=/b:delete").toString()))
                .isEqualTo(FileRoot.parse("a=/b:delete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "docs", "=/srv", "docs=", "docs=/srv:fly", "docs=/srv:"})
    void roots_that_cannot_be_are_refused(String text) {
        assertThatThrownBy(() -> FileRoot.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Root");
    }

    @Test
    void devices_need_a_name_and_servers_of_their_own() {
        assertThatThrownBy(() -> DeviceSettings.of("", SERVER)).hasMessageContaining("Endpoint");
        assertThatThrownBy(() -> DeviceSettings.of("a\nb", SERVER))
                .hasMessageContaining("Endpoint");
        assertThatThrownBy(() -> DeviceSettings.of("x".repeat(256), SERVER))
                .hasMessageContaining("Endpoint");
        DeviceSettings device = DeviceSettings.of("x", SERVER);
        assertThatThrownBy(() -> device.withServers(List.of())).hasMessageContaining("no server");
        assertThatThrownBy(() -> device.withServers(List.of(SERVER, SERVER)))
                .hasMessageContaining("Short Server ID 1");
        FileRoot root = FileRoot.parse("a=/b");
        assertThatThrownBy(() -> new AgentConfig(device, temp, List.of(root, root), false))
                .hasMessageContaining("same label");
        assertThatThrownBy(() -> new QueueMode(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("Queue mode");
        assertThatThrownBy(() -> Scenario.plain(1_000_000, 1)).hasMessageContaining("Scenario");
        assertThat(Scenario.mixed(12, 1).counts())
                .isEqualTo(
                        Map.of(
                                Personality.ASLEEP, 2,
                                Personality.OLD_FIRMWARE, 2,
                                Personality.INFECTED, 1,
                                Personality.VIOLATING, 1,
                                Personality.FLAKY, 1,
                                Personality.PLAIN, 5));
    }

    @Test
    void an_agent_that_cannot_start_says_why_and_leaves_its_folder_free() throws Exception {
        FileRoot nowhere = new FileRoot("x", temp.resolve("nowhere"), Set.of(RootRight.LIST));
        DeviceSettings device = DeviceSettings.of("x", SERVER);
        AgentConfig bad = new AgentConfig(device, temp.resolve("data"), List.of(nowhere), true);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Agent.start(bad)).hasMessageContaining("nowhere");
        }
        Files.createDirectory(temp.resolve("nowhere"));
        try (Agent agent = Agent.start(bad)) {
            assertThat(agent.registered()).isNotDone();
        }
    }
}
