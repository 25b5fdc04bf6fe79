package org.omtpdm.server.lwm2m;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/**
 * What a read, a notification or a Send told about resources.
 *
 * @param at when the device says it measured the values, where it said so, else when the message
 *     came in
 * @param values resource path (single resources) or resource instance path (multiple resources) to
 *     value
 * @param raw true when no model described the objects and the values are the bytes as received
 */
public record Reading(Instant at, Map<ResourcePath, ResourceValue> values, boolean raw) {
    public Reading {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public Optional<ResourceValue> value(ResourcePath path) {
        return Optional.ofNullable(values.get(path));
    }
}
