package org.omtpdm.server.devices;

import java.time.Instant;

/**
 * How many devices were last heard in one hour.
 *
 * @param from the beginning of the hour
 */
public record HeardHour(Instant from, long count) {}
