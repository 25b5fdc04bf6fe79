package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.Agent;
import org.omtpdm.client.AgentConfig;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.objects.Requirement;

/** Real agents with wrong credentials: shown with the reason, and nothing else changes. */
class RefusedContactsEndToEndTest {

    private static final String RIGHT_KEY = "0f0e0d0c0b0a09080706050403020100";
    private static final String WRONG_KEY = "ffffffffffffffffffffffffffffffff";

    @RegisterExtension
    static final ServerAndDevice WORLD =
            new ServerAndDevice()
                    .withServer(
                            config ->
                                    config.withLwm2m(config.lwm2m().withPorts(0, Optional.of(0))));

    @TempDir Path data;

    @Test
    @Requirement("R-GEN-01")
    void a_wrong_key_is_refused() throws IOException {
        WORLD.api().addDevice("locked-out", "locked-out", RIGHT_KEY);

        JsonNode refused =
                refused(secured("locked-out", "locked-out", WRONG_KEY), "identity", "locked-out");

        assertThat(refused.path("reason").asText()).isEqualTo("WRONG_KEY");
        assertThat(WORLD.api().device("locked-out").path("state").asText())
                .isIn("Never seen", "Refused");
    }

    @Test
    @Requirement("R-GEN-01")
    void an_identity_nobody_announced_is_refused() throws IOException {
        JsonNode refused =
                refused(secured("stranger", "stranger", WRONG_KEY), "identity", "stranger");

        assertThat(refused.path("reason").asText()).isEqualTo("UNKNOWN_IDENTITY");
        assertThat(WORLD.api().device("stranger").isMissingNode()).isTrue();
    }

    @Test
    @Requirement("R-GEN-02")
    void an_endpoint_that_is_not_bound_to_the_identity_is_refused() throws IOException {
        WORLD.api().addDevice("rightful", "rightful", RIGHT_KEY);

        JsonNode refused =
                refused(secured("impostor", "rightful", RIGHT_KEY), "identity", "rightful");

        assertThat(refused.path("reason").asText()).isEqualTo("ENDPOINT_MISMATCH");
        assertThat(refused.path("endpoint").asText()).isEqualTo("impostor");
        assertThat(WORLD.api().device("impostor").isMissingNode()).isTrue();
    }

    @Test
    @Requirement("R-GEN-01")
    void a_secured_endpoint_is_refused_without_security() throws IOException {
        WORLD.api().addDevice("careless", "careless", RIGHT_KEY);
        int port = WORLD.server().coapPort().orElseThrow();
        var account =
                new ServerAccount(
                        ServerAccount.FIRST_ID,
                        URI.create("coap://127.0.0.1:" + port),
                        Optional.empty(),
                        Duration.ofMinutes(5));

        JsonNode refused = refused(DeviceSettings.of("careless", account), "endpoint", "careless");

        assertThat(refused.path("reason").asText()).isEqualTo("SECURITY_REQUIRED");
        assertThat(WORLD.api().device("careless").path("state").asText())
                .isIn("Never seen", "Refused");
    }

    private static DeviceSettings secured(String endpoint, String identity, String key) {
        return DeviceSettings.of(
                endpoint,
                ServerAccount.secured(
                        URI.create("coaps://127.0.0.1:" + WORLD.server().coapsPort()),
                        PskCredentials.ofHex(identity, key),
                        Duration.ofMinutes(5)));
    }

    /** Runs an agent until the server shows its contact as refused, with a reason in words. */
    private JsonNode refused(DeviceSettings settings, String field, String value)
            throws IOException {
        try (Agent agent = Agent.start(new AgentConfig(settings, data, List.of(), true))) {
            JsonNode refused =
                    await("refusal of " + agent.endpoint())
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> find(field, value), Optional::isPresent)
                            .orElseThrow();
            assertThat(refused.path("text").asText()).isNotBlank();
            assertThat(refused.path("address").asText()).startsWith("127.0.0.1");
            assertThat(agent.registered()).isNotCompleted();
            return refused;
        }
    }

    private static Optional<JsonNode> find(String field, String value) {
        for (JsonNode contact : WORLD.api().get("/api/v1/refused").path("items")) {
            if (contact.path(field).asText().equals(value)) {
                return Optional.of(contact);
            }
        }
        return Optional.empty();
    }
}
