package org.omtpdm.server;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Permission;

/** Facts of this server. */
final class SystemRoutes {

    private final ServerConfig config;
    private final Clock clock;
    private final Instant startedAt;
    private final Counts counts;
    private final Addresses addresses;

    /** What is counted whenever somebody looks. */
    record Counts(IntSupplier registrations, LongSupplier devices, LongSupplier queued) {}

    SystemRoutes(ServerConfig config, Clock clock, Counts counts, Addresses addresses) {
        this.config = config;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.counts = counts;
        this.addresses = addresses;
    }

    void addTo(Router router) {
        router.get("/api/v1/system", Permission.SEE, this::facts);
    }

    /** {@code SystemFacts} of {@code openapi.yaml}. */
    private record Facts(
            String version,
            Instant startedAt,
            Instant now,
            List<String> endpoints,
            List<String> warnings,
            int registrations,
            long devices,
            long queued,
            boolean demo,
            String agentCommand) {}

    private Response facts(Request request) {
        return Response.ok(
                new Facts(
                        Version.TEXT,
                        startedAt,
                        clock.instant(),
                        addresses.all(),
                        warnings(),
                        counts.registrations().getAsInt(),
                        counts.devices().getAsLong(),
                        counts.queued().getAsLong(),
                        config.demo(),
                        "./dm agent --server "
                                + addresses.coaps()
                                + " --endpoint NAME --psk-identity NAME --psk-key KEY"));
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            warnings.add("The server runs as root; give it a user of its own");
        }
        if (config.lwm2m().coapPort().isPresent()) {
            warnings.add("Plain CoAP is on: devices that use it are neither known nor private");
        }
        if (ObjectIds.isTestRange()) {
            warnings.add(
                    "Our objects have ids from the test range (from "
                            + ObjectIds.BASE
                            + " on); other vendors may use the same");
        }
        if (!config.http().secureCookies() && !isLoopback(config.http().host())) {
            warnings.add(
                    "The console is reachable from other machines without HTTPS; put a proxy with"
                            + " TLS in front and set http.secure-cookies");
        }
        return warnings;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
