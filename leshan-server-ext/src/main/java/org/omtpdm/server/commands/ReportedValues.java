package org.omtpdm.server.commands;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/** What devices reported last, as the features on top of commands show it. Thread-safe. */
@FunctionalInterface
public interface ReportedValues {

    /** The last known values at and below a path, in the order of paths. */
    List<Reported> below(String deviceId, ResourcePath path);

    default Optional<Reported> at(String deviceId, ResourcePath path) {
        return below(deviceId, path).stream()
                .filter(reported -> reported.path().equals(path))
                .findFirst();
    }

    /** One value. @param origin as {@code ValueOrigin} of {@code openapi.yaml} */
    record Reported(ResourcePath path, ResourceValue value, Instant at, String origin) {

        /** {@code KnownValue} of {@code openapi.yaml}. */
        public Known toKnown() {
            var number = value.asLong();
            return new Known(
                    number.isPresent() ? (Object) number.getAsLong() : value.toString(),
                    at,
                    origin);
        }
    }

    /** A value with its age, for the API. */
    record Known(Object value, Instant at, String origin) {}
}
