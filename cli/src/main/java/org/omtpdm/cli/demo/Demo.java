package org.omtpdm.cli.demo;

import java.io.IOException;
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
import org.omtpdm.cli.run.ServerCommand;
import org.omtpdm.cli.run.Termination;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.Connection;
import org.omtpdm.cli.shell.Streams;
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
            tell("starting in " + folder.resolve(""));
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
        String address = "coaps://127.0.0.1:" + server.coapsPort();
        String host = "host-" + hostName();
        announce(api, folder, host, "This machine");
        startAgent(folder, address, host);
        List<String> endpoints = new ArrayList<>(List.of(host));
        return endpoints;
    }

    /** Makes the device and its key known; a device known from an earlier start stays as it is. */
    static void announce(ApiClient api, DemoFolder folder, String endpoint, String name) {
        if (api.get("/api/v1/devices", Map.of("endpoint", endpoint)).path("items").isEmpty()) {
            api.post(
                    "/api/v1/devices",
                    Map.of(
                            "endpoint",
                            endpoint,
                            "name",
                            name,
                            "pskIdentity",
                            endpoint,
                            "pskKey",
                            folder.keyOf(endpoint)));
        }
    }

    private void startAgent(DemoFolder folder, String address, String endpoint) throws IOException {
        Path keyFile = folder.writeKeyFile(endpoint);
        Path sandbox = folder.resolve("agent").resolve("sandbox");
        SamplePrograms.writeFiles(sandbox.resolve("files"));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--server",
                                address,
                                "--endpoint",
                                endpoint,
                                "--psk-identity",
                                endpoint,
                                "--psk-key-file",
                                keyFile.toString(),
                                "--data",
                                folder.resolve("agent").toString(),
                                "--until-input-ends"));
        if (options.manageHost()) {
            tell(
                    "WARNING: --manage-host: whoever signs in to this console can end any process of yours and delete files in your home");
            arguments.addAll(
                    List.of(
                            "--root",
                            "home=" + System.getProperty("user.home") + ":list,read,write,delete"));
        } else {
            arguments.add("--sandbox");
        }
        termination.closeAtEnd(ChildJvm.start(AGENT_JVM, arguments, folder.resolve("agent.log")));
        if (!options.manageHost()) {
            Path run = sandbox.resolve("run");
            Readiness.awaitFile(run, termination::isEnding);
            termination.closeAtEnd(SamplePrograms.start(run, folder.resolve("programs")));
        }
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
