package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A command as people and scripts see it: {@code Command} of {@code openapi.yaml}.
 *
 * @param cause why it did not succeed, in words; absent otherwise
 * @param expectedAt when the sleeping device is expected to take it
 * @param result depends on the kind
 * @param cancellable whether it can still be taken back
 * @param retryable whether it can be given again
 */
public record Command(
        String id,
        String deviceId,
        String endpoint,
        String deviceName,
        Optional<String> jobId,
        CommandKind kind,
        String title,
        Optional<JsonNode> arguments,
        Optional<String> reason,
        CommandState state,
        Optional<String> cause,
        Instant requestedAt,
        String requestedBy,
        Instant expiresAt,
        Optional<Instant> endedAt,
        Optional<Instant> expectedAt,
        Optional<Integer> progress,
        Optional<JsonNode> result,
        List<TimelineStep> timeline,
        boolean cancellable,
        boolean retryable) {

    public Command {
        timeline = List.copyOf(timeline);
    }
}
