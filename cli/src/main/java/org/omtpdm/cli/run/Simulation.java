package org.omtpdm.cli.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.client.virtual.VirtualFleet;

/** A scenario's devices, announced and started. */
public final class Simulation {

    private static final Duration LIFETIME = Duration.ofSeconds(300);

    private Simulation() {}

    /**
     * Starts the devices over DTLS, each with a key of its own; they register one after the other.
     *
     * @param api for announcing them; needs the permission to administer
     * @param data where each device keeps its state
     */
    public static VirtualFleet start(
            Scenario scenario, URI server, KeyRing ring, ApiClient api, Path data) {
        List<String> endpoints = endpoints(scenario);
        Map<String, String> keys = ring.keysOf(endpoints);
        Onboarding.announce(
                api,
                endpoints.stream()
                        .collect(Collectors.toMap(endpoint -> endpoint, Onboarding::nameOf)),
                keys);
        return start(
                scenario,
                endpoint ->
                        ServerAccount.secured(
                                server,
                                PskCredentials.ofHex(endpoint, keys.get(endpoint)),
                                LIFETIME),
                data);
    }

    /** Starts the devices over plain CoAP, for a lab. */
    public static VirtualFleet startUnsecured(Scenario scenario, URI server, Path data) {
        return start(
                scenario,
                endpoint ->
                        new ServerAccount(
                                ServerAccount.FIRST_ID, server, Optional.empty(), LIFETIME),
                data);
    }

    public static List<String> endpoints(Scenario scenario) {
        return scenario.members().stream().map(Scenario.Member::endpoint).toList();
    }

    private static VirtualFleet start(
            Scenario scenario,
            java.util.function.Function<String, ServerAccount> account,
            Path data) {
        LogSetup.quietDevices();
        try {
            return VirtualFleet.start(scenario, account, Optional.of(data));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Virtual devices: " + SafeText.of(String.valueOf(e.getMessage())),
                    e);
        }
    }
}
