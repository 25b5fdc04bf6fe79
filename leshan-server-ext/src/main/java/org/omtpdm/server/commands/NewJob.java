package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a job is to do, on which devices: {@code NewJob} of {@code openapi.yaml}.
 *
 * @param expiresInSeconds 60 to 31536000
 */
public record NewJob(
        CommandKind kind,
        Optional<JsonNode> arguments,
        Selection selection,
        Optional<String> reason,
        Optional<Long> expiresInSeconds) {

    private static final int MAXIMUM_DEVICES = 100_000;

    public NewJob {
        arguments = arguments.filter(NewJob::isGiven);
        if (arguments.isPresent() && !arguments.get().isObject()) {
            throw new IllegalArgumentException("arguments: expected an object");
        }
        expiresInSeconds.ifPresent(
                seconds -> {
                    if (seconds < 60 || seconds > 31_536_000) {
                        throw new IllegalArgumentException(
                                "expiresInSeconds: expected 60 to 31536000");
                    }
                });
    }

    /** Devices by id, or by filter; just one of both. */
    public record Selection(Optional<List<String>> devices, Optional<JsonNode> filter) {
        public Selection {
            devices = devices.map(List::copyOf);
            filter = filter.filter(NewJob::isGiven);
            if (devices.isPresent() == filter.isPresent()) {
                throw new IllegalArgumentException(
                        "selection: expected either devices or a filter");
            }
            if (devices.isPresent() && devices.get().size() > MAXIMUM_DEVICES) {
                throw new IllegalArgumentException("selection.devices: at most 100000");
            }
            if (filter.isPresent() && !filter.get().isObject()) {
                throw new IllegalArgumentException("selection.filter: expected an object");
            }
        }
    }

    /** Jackson makes a null of a member that is absent. */
    private static boolean isGiven(JsonNode node) {
        return !node.isNull() && !node.isMissingNode();
    }

    Optional<Duration> expiresIn() {
        return expiresInSeconds.map(Duration::ofSeconds);
    }
}
