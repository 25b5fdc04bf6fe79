package org.omtpdm.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiClient;

/** Waits until every device is registered and what it first told is stored. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final ApiClient api;
    private final Set<String> expected;
    private final Instant since;

    /**
     * @param since registrations before it don't count: they are from an earlier run
     */
    Readiness(ApiClient api, Collection<String> expected, Instant since) {
        this.api = api;
        this.expected = Set.copyOf(expected);
        this.since = since;
    }

    /**
     * Returns when all are ready, or when the process is ending.
     *
     * @param progress told in words whenever it changed
     * @throws CommandFailure naming who isn't ready after two minutes
     */
    void await(Consumer<String> progress, BooleanSupplier ending) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<String> missing = missing();
        int told = -1;
        while (!missing.isEmpty() && !ending.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        ExitCode.NO_ANSWER,
                        "After "
                                + PATIENCE.toSeconds()
                                + " s these devices have not registered and told what they are: "
                                + String.join(", ", missing));
            }
            if (missing.size() != told) {
                told = missing.size();
                progress.accept(
                        expected.size() - told + " of " + expected.size() + " devices ready");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            missing = missing();
        }
    }

    /** Returns when the file is there, the process is ending, or two minutes are over. */
    static void awaitFile(Path file, BooleanSupplier ending) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file) && !ending.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(expected);
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/devices", Map.of("limit", 500, "cursor", cursor));
            page.path("items")
                    .forEach(
                            device -> {
                                if (isReady(device)) {
                                    missing.remove(device.path("endpoint").asText());
                                }
                            });
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        return missing;
    }

    private boolean isReady(JsonNode device) {
        String registered = device.path("registeredAt").asText("");
        return !registered.isEmpty()
                && !Instant.parse(registered).isBefore(since)
                && device.hasNonNull("model")
                && device.hasNonNull("firmware");
    }
}
