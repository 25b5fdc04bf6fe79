package org.omtpdm.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.run.ChildJvm;
import org.omtpdm.cli.run.Onboarding;
import org.omtpdm.cli.run.ServerCommand;
import org.omtpdm.cli.run.Simulation;
import org.omtpdm.cli.run.Termination;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.Connection;
import org.omtpdm.cli.shell.Streams;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.server.RunningServer;
import org.omtpdm.server.ServerConfig;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;
import org.omtpdm.server.security.accounts.NewUser;

/** A demo from its start to its end. */
final class Demo {

    private static final List<String> AGENT_JVM =
            List.of(
                    "-Xmx32m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Dfile.encoding=UTF-8");

    /** Always the same devices, so that a demo's pictures and a second start agree. */
    private static final long SEED = 2008;

    private final DemoOptions options;
    private final Termination termination = new Termination();

    Demo(DemoOptions options) {
        this.options = options;
    }

    /** Returns when the demo was told to stop. */
    void run() {
        try {
            Instant since = Instant.now();
            DemoFolder folder = termination.closeAtEnd(DemoFolder.take(options.data()));
            tell("starting in " + folder.path());
            RunningServer server = ServerCommand.start(config(folder), termination);
            String url = "http://127.0.0.1:" + server.httpPort();
            addAdmin(server, folder.password());
            String token = token(server, folder);
            ApiClient api = new ApiClient(new Connection(url, Optional.of(token)));
            List<String> endpoints = startDevices(server, folder, api);
            new Readiness(api, endpoints, since).await(this::tell, termination::isEnding);
            if (termination.isEnding()) {
                return;
            }
            folder.connectionFile().write(url, token);
            Streams.out()
                    .println(
                            "ready "
                                    + url
                                    + " user=admin password="
                                    + folder.password()
                                    + " token="
                                    + token);
            if (options.browser()) {
                Browser.open(url);
            }
            tell("Ctrl-C ends it; in another shell: ./dm device list");
            termination.await();
        } catch (CommandFailure e) {
            termination.fail();
            throw e;
        } catch (IOException e) {
            termination.fail();
            throw new CommandFailure(ExitCode.REFUSED, "Demo: " + e, e);
        }
    }

    private ServerConfig config(DemoFolder folder) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                // our sleepers hear for 10 s after a contact, not for the usual 93
                                // s
                                "lwm2m.awake-time=9s",
                                "http.port=" + options.httpPort(),
                                "lwm2m.coaps-port=" + options.coapsPort(),
                                "lwm2m.coap-port=" + options.coapPort()));
        if (options.coapNosec()) {
            settings.add("lwm2m.nosec=true");
        }
        return ServerCommand.load(Optional.empty(), settings, folder.resolve("server"))
                .config()
                .asDemo();
    }

    private static void addAdmin(RunningServer server, String password) {
        var users = server.accounts().users();
        if (users.byUsername("admin").isEmpty()) {
            users.add(
                    Caller.system(),
                    new NewUser(
                            "admin",
                            Optional.of("Demo administrator"),
                            password,
                            List.copyOf(EnumSet.allOf(Role.class))));
        }
    }

    /** The remembered token where the server still takes it. */
    private static String token(RunningServer server, DemoFolder folder) {
        Optional<String> known = folder.token().filter(token -> isValid(server, token));
        if (known.isPresent()) {
            return known.get();
        }
        String made =
                server.accounts()
                        .tokens()
                        .add(
                                Caller.system(),
                                new NewToken(
                                        "demo",
                                        List.copyOf(EnumSet.allOf(Role.class)),
                                        Optional.empty()))
                        .secret();
        folder.rememberToken(made);
        return made;
    }

    private static boolean isValid(RunningServer server, String token) {
        return server.accounts()
                .authenticate(Optional.of(token), Optional.empty(), "127.0.0.1")
                .isPresent();
    }

    private List<String> startDevices(RunningServer server, DemoFolder folder, ApiClient api)
            throws IOException {
        URI address = URI.create("coaps://127.0.0.1:" + server.coapsPort());
        String host = "host-" + hostName();
        Map<String, String> keys = folder.keys().keysOf(List.of(host));
        Onboarding.announce(api, Map.of(host, "This machine"), keys);
        List<String> endpoints = new ArrayList<>(List.of(host));
        startAgent(folder, address, host, keys.get(host));
        if (options.devices() > 0) {
            Scenario scenario = Scenario.mixed(options.devices(), SEED);
            termination.closeAtEnd(
                    Simulation.start(
                            scenario, address, folder.keys(), api, folder.resolve("fleet")));
            endpoints.addAll(Simulation.endpoints(scenario));
        }
        if (!options.manageHost()) {
            Path run = sandbox(folder).resolve("run");
            Readiness.awaitFile(run, termination::isEnding);
            termination.closeAtEnd(SamplePrograms.start(run, folder.resolve("programs")));
        }
        return endpoints;
    }

    private static Path sandbox(DemoFolder folder) {
        return folder.resolve("agent").resolve("sandbox");
    }

    private void startAgent(DemoFolder folder, URI address, String endpoint, String key)
            throws IOException {
        SamplePrograms.writeFiles(sandbox(folder).resolve("files"));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--server",
                                address.toString(),
                                "--endpoint",
                                endpoint,
                                "--psk-identity",
                                endpoint,
                                "--psk-key-file",
                                folder.writeKeyFile(key).toString(),
                                "--data",
                                folder.resolve("agent").toString(),
                                "--until-input-ends"));
        if (options.manageHost()) {
            tell(
                    "WARNING: --manage-host: whoever signs in to this console can end any process of yours and read, change and delete files in your home, the secrets of this demo among them");
            arguments.addAll(
                    List.of(
                            "--root",
                            "home=" + System.getProperty("user.home") + ":list,read,write,delete"));
        } else {
            arguments.add("--sandbox");
        }
        termination.closeAtEnd(ChildJvm.start(AGENT_JVM, arguments, folder.resolve("agent.log")));
    }

    private static String hostName() throws IOException {
        Path kernelsName = Path.of("/proc/sys/kernel/hostname");
        String name =
                Files.exists(kernelsName)
                        ? Files.readString(kernelsName).replaceAll("[^A-Za-z0-9.-]", "")
                        : "";
        return name.isEmpty() ? "localhost" : name;
    }

    private void tell(String text) {
        Streams.err().println("demo: " + text);
    }
}
