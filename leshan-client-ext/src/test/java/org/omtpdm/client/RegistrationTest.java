package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.leshan.core.request.ExecuteRequest;
import org.eclipse.leshan.core.request.WriteRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.lwm2m.AccountStatus;
import org.omtpdm.client.lwm2m.RootLink;
import org.omtpdm.objects.Requirement;

/** Registering with servers of all kinds, and staying registered. */
class RegistrationTest {

    private static final Duration LIFETIME = Duration.ofSeconds(300);

    @TempDir Path data;

    /** A server by hand that answers each registration as a function of its payload and query. */
    private static final class HandMadeServer implements AutoCloseable {
        private final List<String> payloads = new CopyOnWriteArrayList<>();
        private final List<String> queries = new CopyOnWriteArrayList<>();
        private final CoapServer server = new CoapServer(Configuration.createStandardWithoutFile());

        private HandMadeServer(Function<HandMadeServer, ResponseCode> answer) {
            server.addEndpoint(
                    CoapEndpoint.builder()
                            .setInetSocketAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .build());
            server.add(
                    new CoapResource("rd") {
                        @Override
                        public void handlePOST(CoapExchange exchange) {
                            payloads.add(exchange.getRequestText());
                            queries.add(exchange.getRequestOptions().getUriQueryString());
                            ResponseCode code = answer.apply(HandMadeServer.this);
                            if (code == ResponseCode.CREATED) {
                                exchange.setLocationPath("rd/abc");
                            }
                            exchange.respond(code);
                        }

                        @Override
                        public Resource getChild(String name) {
                            return this;
                        }
                    });
            server.start();
        }

        private ServerAccount account() {
            return new ServerAccount(
                    1,
                    URI.create(
                            "coap://127.0.0.1:"
                                    + server.getEndpoints().get(0).getAddress().getPort()),
                    Optional.empty(),
                    LIFETIME);
        }

        @Override
        public void close() {
            server.destroy();
        }
    }

    private Agent agent(DeviceSettings settings) throws Exception {
        return Agent.start(new AgentConfig(settings, data, List.of(), true));
    }

    private static AccountStatus status(Agent agent) {
        return agent.status().get(0);
    }

    @Test
    void a_server_that_takes_only_a_plain_root_link_gets_one() throws Exception {
        try (HandMadeServer server =
                        new HandMadeServer(
                                it ->
                                        it.payloads.get(it.payloads.size() - 1).contains("ct=")
                                                ? ResponseCode.BAD_REQUEST
                                                : ResponseCode.CREATED);
                Agent agent = agent(DeviceSettings.of("x", server.account()))) {
            agent.registered().get(10, TimeUnit.SECONDS);

            assertThat(server.payloads).hasSize(3);
            assertThat(server.payloads.get(0)).contains("</>;rt=\"oma.lwm2m\";ct=\"");
            assertThat(server.payloads.get(1)).contains("</>;rt=\"oma.lwm2m\";ct=112,");
            assertThat(server.payloads.get(2)).contains("</>;rt=\"oma.lwm2m\",");
            assertThat(server.queries.get(0)).contains("lwm2m=1.1", "ep=x", "lt=300", "b=U");
        }
    }

    @Test
    void the_root_link_is_a_setting_too() throws Exception {
        try (HandMadeServer server = new HandMadeServer(it -> ResponseCode.CREATED);
                Agent agent =
                        agent(
                                DeviceSettings.of("x", server.account())
                                        .withRootLink(RootLink.NONE))) {
            agent.registered().get(10, TimeUnit.SECONDS);

            assertThat(server.payloads)
                    .singleElement()
                    .asString()
                    .contains("</>;rt=\"oma.lwm2m\",");
        }
    }

    @Test
    void a_server_of_the_first_version_is_spoken_to_in_that_version() throws Exception {
        try (HandMadeServer server =
                        new HandMadeServer(
                                it ->
                                        it.queries.get(it.queries.size() - 1).contains("lwm2m=1.1")
                                                ? ResponseCode.PRECONDITION_FAILED
                                                : ResponseCode.CREATED);
                Agent agent = agent(DeviceSettings.of("x", server.account()))) {
            agent.registered().get(10, TimeUnit.SECONDS);

            assertThat(server.queries).last().asString().contains("lwm2m=1.0");
        }
    }

    @Test
    void a_refusal_is_shown_with_its_reason_and_the_next_attempt() throws Exception {
        try (HandMadeServer server = new HandMadeServer(it -> ResponseCode.FORBIDDEN);
                Agent agent = agent(DeviceSettings.of("x", server.account()))) {
            await().until(() -> status(agent).state() == AccountStatus.State.REFUSED);

            assertThat(status(agent).reason()).contains("FORBIDDEN");
            assertThat(status(agent).nextAttempt()).isPresent();
            assertThat(agent.registered()).isNotDone();
        }
    }

    @Test
    void a_server_whose_name_is_not_known_is_tried_again() throws Exception {
        ServerAccount nowhere =
                new ServerAccount(
                        1, URI.create("coap://no-such-host.invalid"), Optional.empty(), LIFETIME);
        try (Agent agent = agent(DeviceSettings.of("x", nowhere))) {
            assertThat(status(agent).state()).isEqualTo(AccountStatus.State.SILENT);
            assertThat(status(agent).reason()).contains("name");
            assertThat(status(agent).nextAttempt()).isPresent();
        }
    }

    @Test
    void a_wrong_key_keeps_the_device_out_and_is_seen() throws Exception {
        try (PlainServer server = PlainServer.start()) {
            server.account("x");
            ServerAccount wrong =
                    new ServerAccount(
                            1,
                            server.coaps(),
                            Optional.of(
                                    PskCredentials.ofHex("x", "ffffffffffffffffffffffffffffffff")),
                            LIFETIME);
            try (Agent agent = agent(DeviceSettings.of("x", wrong))) {
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> status(agent).state() == AccountStatus.State.SILENT);

                assertThat(server.knows("x")).isFalse();
                assertThat(status(agent).nextAttempt()).isPresent();
            }
        }
    }

    @Test
    @Requirement("R-GEN-01")
    void without_credentials_only_plain_coap_is_possible_and_only_when_it_is_named()
            throws Exception {
        try (PlainServer server = PlainServer.start();
                Agent agent = agent(DeviceSettings.of("open", server.openAccount(LIFETIME)))) {
            agent.registered().get(10, TimeUnit.SECONDS);

            assertThat(server.value("open", "/3/0/17")).isEqualTo("Linux host");
        }
    }

    @Test
    void a_changed_lifetime_is_told_with_an_update_and_kept() throws Exception {
        try (PlainServer server = PlainServer.start()) {
            ServerAccount account = server.account("x");
            try (Agent agent = agent(DeviceSettings.of("x", account))) {
                agent.registered().get(10, TimeUnit.SECONDS);
                server.send("x", new WriteRequest(1, 0, 1, 77));
                await().until(() -> server.registration("x").getLifeTimeInSec() == 77);
            }
            try (Agent agent = agent(DeviceSettings.of("x", account))) {
                agent.registered().get(10, TimeUnit.SECONDS);
                assertThat(server.registration("x").getLifeTimeInSec()).isEqualTo(77);
            }
        }
    }

    @Test
    void a_server_triggers_an_update_and_disables_the_device_for_a_while() throws Exception {
        try (PlainServer server = PlainServer.start();
                Agent agent = agent(DeviceSettings.of("x", server.account("x")))) {
            agent.registered().get(10, TimeUnit.SECONDS);
            server.send("x", new ExecuteRequest(1, 0, 8));
            await().until(() -> !server.updates().isEmpty());

            server.send("x", new WriteRequest(1, 0, 5, 2));
            server.send("x", new ExecuteRequest(1, 0, 4));

            await().until(() -> !server.farewells().isEmpty());
            await().atMost(Duration.ofSeconds(10)).until(() -> server.knows("x"));
        }
    }

    @Test
    void a_server_that_comes_back_without_memory_gets_a_new_registration() throws Exception {
        PlainServer first = PlainServer.start();
        ServerAccount account = first.account("x", 1, Duration.ofSeconds(4));
        try (Agent agent = agent(DeviceSettings.of("x", account))) {
            agent.registered().get(10, TimeUnit.SECONDS);
            URI where = first.coaps();
            first.close();
            try (PlainServer second = PlainServer.startAt(where)) {
                second.account("x");

                await().atMost(Duration.ofSeconds(40)).until(() -> second.knows("x"));
                assertThat(second.value("x", "/3/0/17")).isEqualTo("Linux host");
            }
        }
    }
}
