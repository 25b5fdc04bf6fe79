package org.omtpdm.server.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.omtpdm.server.api.Method;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the parts of the server work. */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, Supplier<Optional<String>>> parts = new LinkedHashMap<>();

    /**
     * Adds a part.
     *
     * @param problem says in words what is wrong now; empty when nothing is
     */
    public Health part(String name, Supplier<Optional<String>> problem) {
        parts.put(name, problem);
        return this;
    }

    /** Adds the route. It needs no sign-in, so it says which part fails and no more. */
    public void addTo(Router router) {
        router.anonymous(Method.GET, "/health", request -> check());
    }

    /** {@code Health} of {@code openapi.yaml}. */
    private record HealthView(String status, Map<String, String> parts) {}

    private Response check() {
        var found = new LinkedHashMap<String, String>();
        parts.forEach((name, problem) -> found.put(name, problemOf(name, problem).orElse("ok")));
        var works = found.values().stream().allMatch("ok"::equals);
        return Response.ok(new HealthView(works ? "ok" : "failing", found))
                .withStatus(works ? 200 : 503);
    }

    private static Optional<String> problemOf(String name, Supplier<Optional<String>> problem) {
        try {
            return problem.get();
        } catch (RuntimeException e) {
            LOG.debug("The check of {} failed", name, e);
            return Optional.of("does not answer");
        }
    }
}
