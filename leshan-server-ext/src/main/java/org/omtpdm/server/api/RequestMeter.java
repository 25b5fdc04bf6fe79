package org.omtpdm.server.api;

import java.time.Duration;

/** Is told of every answered request. Thread-safe. */
@FunctionalInterface
public interface RequestMeter {

    RequestMeter NONE = (route, status, took) -> {};

    /**
     * @param route its template has a bounded number of values, unlike paths
     */
    void answered(Route route, int status, Duration took);
}
