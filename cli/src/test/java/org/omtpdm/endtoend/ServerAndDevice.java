package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.omtpdm.client.Agent;
import org.omtpdm.client.AgentConfig;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.objects.RootRight;
import org.omtpdm.server.DmServer;
import org.omtpdm.server.RunningServer;
import org.omtpdm.server.ServerConfig;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;

/**
 * A real server on SQLite and a real agent of this machine, with a sandbox, that talk CoAP over
 * DTLS through a proxy on loopback. Register it as a static extension: both live as long as the
 * test class. The server is spoken to through its HTTP API only.
 */
final class ServerAndDevice implements BeforeAllCallback, AfterAllCallback {

    static final String ENDPOINT = "this-machine";
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final Duration TO_REGISTER = Duration.ofSeconds(30);

    /** Tests wait for second attempts; a tenth of what operators wait. */
    private static final LanePolicy IMPATIENT =
            new LanePolicy(
                    256, Duration.ofSeconds(20), 6, Duration.ofMillis(500), Duration.ofSeconds(5));

    private record Root(String label, Set<RootRight> rights) {}

    private final List<Root> roots = new ArrayList<>();
    private UnaryOperator<DeviceSettings> settings = UnaryOperator.identity();
    private UnaryOperator<ServerConfig> configuration = UnaryOperator.identity();
    private Duration lifetime = Duration.ofMinutes(5);
    private Path folder;
    private RunningServer server;
    private UdpProxy proxy;
    private Api api;
    private Agent agent;
    private String deviceId;

    /** Another root that servers may see; its folder is {@link #root}. */
    ServerAndDevice withRoot(String label, RootRight... rights) {
        roots.add(new Root(label, Set.of(rights)));
        return this;
    }

    ServerAndDevice withSettings(UnaryOperator<DeviceSettings> change) {
        settings = change;
        return this;
    }

    ServerAndDevice withServer(UnaryOperator<ServerConfig> change) {
        configuration = change;
        return this;
    }

    ServerAndDevice withLifetime(Duration wanted) {
        lifetime = wanted;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("omtpdm").toRealPath();
        var config = ServerConfig.inFolder(folder.resolve("server")).withLane(IMPATIENT);
        server = DmServer.start(configuration.apply(config));
        var token =
                server.accounts()
                        .tokens()
                        .add(
                                Caller.system(),
                                new NewToken("test", List.of(Role.values()), Optional.empty()));
        api = new Api(server.httpPort(), token.secret());
        proxy = UdpProxy.before(server.coapsPort(), 1);
        api.addDevice(ENDPOINT, ENDPOINT, KEY);
        for (Root root : roots) {
            Files.createDirectories(root(root.label()));
        }
        startAgent();
        deviceId = api.device(ENDPOINT).path("id").asText();
    }

    /** Starts the agent, as the operating system does after a boot; returns when it is online. */
    void startAgent() throws IOException {
        var account =
                ServerAccount.secured(
                        URI.create("coaps://127.0.0.1:" + proxy.port()),
                        PskCredentials.ofHex(ENDPOINT, KEY),
                        lifetime);
        var fileRoots =
                roots.stream()
                        .map(root -> new FileRoot(root.label(), root(root.label()), root.rights()))
                        .toList();
        agent =
                Agent.start(
                        new AgentConfig(
                                settings.apply(DeviceSettings.of(ENDPOINT, account)),
                                folder.resolve("agent"),
                                fileRoots,
                                true));
        await("registration").atMost(TO_REGISTER).until(() -> agent.registered().isDone());
        assertThat(agent.registered()).isCompleted();
        await("the server's knowledge of it")
                .atMost(TO_REGISTER)
                .until(
                        () ->
                                Set.of("Online", "Asleep")
                                        .contains(api.device(ENDPOINT).path("state").asText()));
    }

    /** Takes leave and stops. */
    void stopAgent() throws IOException {
        agent.close();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (agent != null) {
            agent.close();
        }
        if (server != null) {
            server.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (folder != null) {
            remove(folder);
        }
    }

    Api api() {
        return api;
    }

    UdpProxy proxy() {
        return proxy;
    }

    RunningServer server() {
        return server;
    }

    /** Id of the device in the API. */
    String deviceId() {
        return deviceId;
    }

    /** Beginning of all paths of the device in the API. */
    String device() {
        return "/api/v1/devices/" + deviceId;
    }

    /** Folder of a root added by {@link #withRoot}. */
    Path root(String label) {
        return folder.resolve("root-" + label);
    }

    /** A folder no root shows. */
    Path outside() {
        try {
            return Files.createDirectories(folder.resolve("outside"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sandbox's folder that servers see as root 0. */
    Path sandboxFiles() {
        return agent.sandboxFiles().orElseThrow();
    }

    /** The script a person at this machine starts programs with. */
    Path sandboxScript() {
        return agent.sandboxScript().orElseThrow();
    }

    /** Starts a program through the sandbox's script, as a person at this machine does. */
    SandboxedProgram startInSandbox(String... command) throws IOException {
        return SandboxedProgram.start(sandboxScript(), command);
    }

    /** What the device itself wrote down before each effect. */
    List<String> journal() throws IOException {
        Path journal = folder.resolve("agent/journal");
        return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    }

    /** Asks for a new process list and returns it. */
    Map<Long, Api.Process> listProcesses() {
        api.done(api.post(device() + "/refresh", Map.of("what", "processes")));
        return api.processes(deviceId);
    }

    /** What the server knows of a resource, as the API shows it. */
    JsonNode resource(String path) {
        for (JsonNode object : api.get(device() + "/resources").path("objects")) {
            for (JsonNode instance : object.path("instances")) {
                for (JsonNode resource : instance.path("resources")) {
                    if (resource.path("path").asText().equals(path)) {
                        return resource;
                    }
                }
            }
        }
        throw new AssertionError("The device has no " + path);
    }

    private static void remove(Path tree) throws IOException {
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
