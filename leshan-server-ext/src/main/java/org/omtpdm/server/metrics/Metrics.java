package org.omtpdm.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.omtpdm.server.api.RequestMeter;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Route;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Permission;

/** What the server counts and measures, for Prometheus. Thread-safe. */
public final class Metrics implements RequestMeter, AutoCloseable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    /**
     * Adds a value that is asked for whenever somebody looks.
     *
     * @param name for example {@code omtpdm.registrations}
     */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void answered(Route route, int status, Duration took) {
        Timer.builder("http.server.requests")
                .description("Answered HTTP requests")
                .tag("method", route.method().name())
                .tag("route", route.template())
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** All of it in Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }

    /** Adds the route. */
    public void addTo(Router router) {
        router.get(
                "/metrics",
                Permission.SEE,
                request -> Response.bytes(text().getBytes(StandardCharsets.UTF_8), CONTENT_TYPE));
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
