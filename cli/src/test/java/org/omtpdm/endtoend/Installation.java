package org.omtpdm.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.Connection;

/**
 * A server and one agent of this machine, each a process of {@code dm.jar} that may be killed and
 * started again on the same folder and ports. A UDP proxy stands between them.
 */
final class Installation implements AutoCloseable {

    private static final String ENDPOINT = "this-machine";
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final Set<String> UNFINISHED = Set.of("Waiting", "Working");

    private final Path folder;
    private final int httpPort;
    private final int coapsPort;
    private final UdpProxy proxy;
    private final List<String> agentOptions;
    private DmProcess server;
    private DmProcess agent;
    private ApiClient api;

    private Installation(Path folder, List<String> agentOptions) throws IOException {
        this.folder = folder;
        this.agentOptions = agentOptions;
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            this.httpPort = tcp.getLocalPort();
            this.coapsPort = udp.getLocalPort();
        }
        this.proxy = UdpProxy.before(coapsPort, 1);
    }

    /** Starts both; returns when the device is online. */
    static Installation start(Path folder, String... agentOptions) {
        try {
            Installation installation = new Installation(folder, Arrays.asList(agentOptions));
            try {
                installation.begin();
                return installation;
            } catch (RuntimeException | Error e) {
                installation.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() {
        startServer();
        makeToken();
        announce();
        startAgent();
        await().atMost(DmProcess.inProportionToLoad(Duration.ofSeconds(30)))
                .until(() -> deviceState().equals("Online"));
    }

    ApiClient api() {
        return api;
    }

    UdpProxy proxy() {
        return proxy;
    }

    Path sandbox() {
        return folder.resolve("agent/sandbox");
    }

    long agentPid() {
        return agent.pid();
    }

    void startServer() {
        server =
                DmProcess.start(
                        folder,
                        Map.of(),
                        "server",
                        "--set",
                        "data=" + folder.resolve("server"),
                        "--set",
                        "http.port=" + httpPort,
                        "--set",
                        "lwm2m.coaps-port=" + coapsPort,
                        "--set",
                        "lane.answer-within=15s",
                        "--set",
                        "lane.first-pause=1s");
        await("the server")
                .atMost(DmProcess.inProportionToLoad(Duration.ofSeconds(30)))
                .pollInterval(Duration.ofMillis(50))
                .until(this::isHealthy);
    }

    private boolean isHealthy() {
        if (!server.isAlive()) {
            throw new AssertionError("The server ended: " + server.err());
        }
        try {
            return new ApiClient(connection(Optional.empty()))
                    .get("/health")
                    .path("status")
                    .asText()
                    .equals("ok");
        } catch (CommandFailure e) {
            return false;
        }
    }

    private Connection connection(Optional<String> token) {
        return new Connection("http://127.0.0.1:" + httpPort, token);
    }

    /** Signs in with the password of the first start and makes a token that outlives sessions. */
    private void makeToken() {
        String line =
                await("the first user")
                        .atMost(Duration.ofSeconds(30))
                        .until(this::firstUser, Optional::isPresent)
                        .orElseThrow();
        String password = line.replaceAll(".*password (\\S+) .*", "$1");
        api =
                new ApiClient(
                        connection(
                                Optional.of(
                                        Tokens.make(
                                                "http://127.0.0.1:" + httpPort,
                                                "admin",
                                                password))));
    }

    private Optional<String> firstUser() {
        return server.err()
                .lines()
                .filter(text -> text.contains("first start: user admin"))
                .findFirst();
    }

    private void announce() {
        api.post(
                "/api/v1/devices",
                Map.of("endpoint", ENDPOINT, "pskIdentity", ENDPOINT, "pskKey", KEY));
    }

    void startAgent() {
        try {
            Files.writeString(folder.resolve("key"), KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--server",
                                "coaps://127.0.0.1:" + proxy.port(),
                                "--endpoint",
                                ENDPOINT,
                                "--psk-identity",
                                ENDPOINT,
                                "--psk-key-file",
                                folder.resolve("key").toString(),
                                "--data",
                                folder.resolve("agent").toString(),
                                "--sandbox"));
        arguments.addAll(agentOptions);
        agent = DmProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
    }

    void killServer() {
        server.kill();
    }

    void killAgent() {
        agent.kill();
    }

    JsonNode device() {
        return api.get("/api/v1/devices", Map.of("endpoint", ENDPOINT)).at("/items/0");
    }

    String deviceId() {
        return device().path("id").asText();
    }

    String deviceState() {
        return device().path("state").asText();
    }

    boolean hasEnded(String command) {
        return !UNFINISHED.contains(api.get("/api/v1/commands/" + command).path("state").asText());
    }

    /** Waits until a command has ended. */
    JsonNode awaitEnd(String command) {
        return await("the end of command " + command)
                .atMost(DmProcess.inProportionToLoad(Duration.ofSeconds(90)))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get("/api/v1/commands/" + command),
                        now -> !UNFINISHED.contains(now.path("state").asText()));
    }

    /** Asks the device and returns the list. */
    JsonNode listProcesses(String device) {
        String command =
                api.post("/api/v1/devices/" + device + "/refresh", Map.of("what", "processes"))
                        .path("id")
                        .asText();
        JsonNode ended = awaitEnd(command);
        if (!ended.path("state").asText().equals("Done")) {
            throw new AssertionError("Listing: " + ended + agent.err());
        }
        return api.get("/api/v1/devices/" + device + "/processes");
    }

    /** The device's own record of the effects it began. */
    List<String> journal() {
        try {
            return Files.readAllLines(folder.resolve("agent/journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        if (server != null) {
            server.close();
        }
        proxy.close();
    }
}
