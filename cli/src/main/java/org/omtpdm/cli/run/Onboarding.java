package org.omtpdm.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omtpdm.cli.shell.ApiClient;

/** Makes simulated devices known to a server, with their keys. */
public final class Onboarding {

    private Onboarding() {}

    /** Announces those the server doesn't know; the others stay as they are. */
    public static void announce(
            ApiClient api, Map<String, String> namesByEndpoint, Map<String, String> keys) {
        Set<String> known = known(api);
        namesByEndpoint.forEach(
                (endpoint, name) -> {
                    if (!known.contains(endpoint)) {
                        api.post(
                                "/api/v1/devices",
                                Map.of(
                                        "endpoint", endpoint,
                                        "name", name,
                                        "pskIdentity", endpoint,
                                        "pskKey", keys.get(endpoint)));
                    }
                });
    }

    private static Set<String> known(ApiClient api) {
        Set<String> endpoints = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/devices", Map.of("limit", 500, "cursor", cursor));
            page.path("items").forEach(device -> endpoints.add(device.path("endpoint").asText()));
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        return endpoints;
    }

    /** {@code scanner-lyon-003} as people write it: {@code Scanner Lyon 003}. */
    public static String nameOf(String endpoint) {
        return Stream.of(endpoint.split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
