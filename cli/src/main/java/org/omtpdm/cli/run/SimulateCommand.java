package org.omtpdm.cli.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.Streams;
import org.omtpdm.cli.shell.UserFolders;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.client.virtual.VirtualFleet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs virtual devices until it is told to stop. */
@Command(
        name = "simulate",
        description = "Run virtual devices against a server until SIGTERM or Ctrl-C",
        footer = {
            "%nDevices are announced through the API first, each with a key of its own, so a token of an admin is needed;",
            "keys and the devices' state are kept in DIR. Over coap:// nothing is announced."
        })
public final class SimulateCommand implements Callable<Integer> {

    @Mixin ApiOptions options;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many, a mixture (default: ${DEFAULT-VALUE})")
    int devices;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URI",
            description = "coaps://HOST[:PORT], or coap:// in a lab")
    URI server;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "Personalities and sleep as TOML; counts instead of --devices")
    Optional<Path> scenarioFile;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Another seed, other devices (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Default: dm-simulate in the user's data home")
    Path data;

    @Override
    public Integer call() {
        Scenario scenario = scenario();
        Path folder = data == null ? UserFolders.simulate() : data;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Folder " + folder + ": " + e, e);
        }
        Termination termination = new Termination();
        try {
            VirtualFleet fleet =
                    "coap".equals(server.getScheme())
                            ? Simulation.startUnsecured(scenario, server, folder.resolve("fleet"))
                            : Simulation.start(
                                    scenario,
                                    server,
                                    new KeyRing(folder.resolve("device-keys")),
                                    options.api(),
                                    folder.resolve("fleet"));
            termination.closeAtEnd(fleet);
            fleet.registered()
                    .thenRun(
                            () ->
                                    Streams.err()
                                            .println(
                                                    scenario.size()
                                                            + " devices registered at "
                                                            + server));
        } catch (CommandFailure e) {
            termination.fail();
            throw e;
        }
        termination.await();
        return ExitCode.DONE;
    }

    private Scenario scenario() {
        try {
            return scenarioFile
                    .map(ScenarioFile::read)
                    .orElseGet(() -> Scenario.mixed(devices, seed));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
