package org.omtpdm.cli.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Streams;
import org.omtpdm.cli.shell.UserFolders;
import org.omtpdm.client.Agent;
import org.omtpdm.client.AgentConfig;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.client.QueueMode;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.file.FileRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the agent of this machine until it is told to stop. */
@Command(
        name = "agent",
        description = "Run the agent of this machine until SIGTERM or Ctrl-C",
        footer = {
            "%nFor example, with what 'dm device add' printed:",
            "  dm agent --server coaps://dm.example:5684 --endpoint kiosk-17 --psk-identity kiosk-17 --psk-key-file key --root logs=/var/log:list,read",
            "Without --sandbox the server may end any process that this user may end, but for protected ones."
        })
public final class AgentCommand implements Callable<Integer> {

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URI",
            description = "coaps://HOST[:PORT], or coap:// in a lab")
    URI server;

    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "NAME",
            description = "Endpoint client name")
    String endpoint;

    @Option(
            names = "--psk-identity",
            paramLabel = "TEXT",
            description = "Default: the endpoint client name")
    Optional<String> identity;

    @Option(
            names = "--psk-key",
            paramLabel = "HEX",
            description = "Other users see it in the process list; better --psk-key-file")
    Optional<String> key;

    @Option(
            names = "--psk-key-file",
            paramLabel = "FILE",
            description = "A file with the key in hexadecimal")
    Optional<Path> keyFile;

    @Option(
            names = "--lifetime",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Of the registration (default: ${DEFAULT-VALUE})")
    long lifetimeSeconds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything here (default: dm-agent in the user's data home)")
    Path data;

    @Option(
            names = "--root",
            paramLabel = "LABEL=PATH[:RIGHTS]",
            description =
                    "A folder that servers may see; rights are list, read, write, delete, separated by commas (default: list,read); may be repeated")
    List<String> roots = new ArrayList<>();

    @Option(
            names = "--sandbox",
            description =
                    "Only what DIR/sandbox/run started may be ended; DIR/sandbox/files is the first root")
    boolean sandbox;

    @Option(
            names = "--protected",
            paramLabel = "NAME",
            description = "Processes of this name are never ended; may be repeated")
    Set<String> protectedNames = Set.of();

    @Option(
            names = "--queue-mode",
            paramLabel = "SECONDS",
            description = "Sleep, and wake up so often")
    Optional<Long> wakeEverySeconds;

    @Option(
            names = "--constrained",
            description = "Pose as a small device: LwM2M 1.0, TLV, pages of 200 bytes, no Send")
    boolean constrained;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = "End when standard input does")
    boolean untilInputEnds;

    @Override
    public Integer call() {
        AgentConfig config = config();
        Termination termination = new Termination();
        Agent agent = start(config, termination);
        agent.registered()
                .thenRun(
                        () ->
                                Streams.err()
                                        .println(
                                                "registered as "
                                                        + SafeText.of(endpoint)
                                                        + " at "
                                                        + server));
        agent.sandboxScript()
                .ifPresent(
                        run ->
                                Streams.err()
                                        .println(
                                                "sandbox: "
                                                        + run
                                                        + " PROGRAM starts what servers may end"));
        if (untilInputEnds) {
            endWithInput(termination);
        }
        termination.await();
        return ExitCode.DONE;
    }

    private AgentConfig config() {
        try {
            DeviceSettings device =
                    DeviceSettings.of(endpoint, account()).withProtectedNames(protectedNames);
            if (wakeEverySeconds.isPresent()) {
                device =
                        device.withQueueMode(
                                new QueueMode(
                                        Duration.ofSeconds(wakeEverySeconds.get()),
                                        QueueMode.DEFAULT_AWAKE));
            }
            return new AgentConfig(
                    constrained ? device.asConstrained() : device,
                    data == null ? UserFolders.agent() : data,
                    roots.stream().map(FileRoot::parse).toList(),
                    sandbox);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, SafeText.of(String.valueOf(e.getMessage())), e);
        }
    }

    private ServerAccount account() {
        Optional<PskCredentials> psk =
                keyFile.map(AgentCommand::readKey)
                        .or(() -> key)
                        .map(hex -> PskCredentials.ofHex(identity.orElse(endpoint), hex));
        return new ServerAccount(
                ServerAccount.FIRST_ID, server, psk, Duration.ofSeconds(lifetimeSeconds));
    }

    private static String readKey(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--psk-key-file " + file + ": " + SafeText.of(e.toString()), e);
        }
    }

    private static Agent start(AgentConfig config, Termination termination) {
        try {
            return termination.closeAtEnd(Agent.start(config));
        } catch (IOException | RuntimeException e) {
            termination.fail();
            throw new CommandFailure(
                    ExitCode.REFUSED, "Agent: " + SafeText.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** Our parent holds the other end of the pipe; when it dies, however it dies, we go too. */
    private static void endWithInput(Termination termination) {
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                System.in.transferTo(java.io.OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // as good as its end
                            }
                            termination.stop();
                        },
                        "parent");
        reader.setDaemon(true);
        reader.start();
    }
}
