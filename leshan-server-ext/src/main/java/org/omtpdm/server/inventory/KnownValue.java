package org.omtpdm.server.inventory;

import java.time.Instant;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/**
 * The last known value of a resource or resource instance.
 *
 * @param at when it was so, by our clock
 */
public record KnownValue(ResourcePath path, ResourceValue value, Instant at, Origin origin) {}
