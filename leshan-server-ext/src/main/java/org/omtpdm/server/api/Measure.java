package org.omtpdm.server.api;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times requests by route, and logs the slow ones. */
final class Measure implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger("org.omtpdm.http");
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final RequestMeter meter;

    Measure(RequestMeter meter) {
        this.meter = meter;
    }

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        var began = System.nanoTime();
        var response = next.handle(request);
        var took = Duration.ofNanos(System.nanoTime() - began);
        meter.answered(request.route(), response.status(), took);
        if (took.compareTo(SLOW) > 0) {
            LOG.info("{} took {} ms: {}", request.route(), took.toMillis(), response.status());
        } else {
            LOG.debug("{} took {} ms: {}", request.route(), took.toMillis(), response.status());
        }
        return response;
    }
}
