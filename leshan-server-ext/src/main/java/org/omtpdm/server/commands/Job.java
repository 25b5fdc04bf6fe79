package org.omtpdm.server.commands;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A job as people and scripts see it: {@code Job} of {@code openapi.yaml}. */
public record Job(
        String id,
        CommandKind kind,
        String title,
        Optional<String> reason,
        Optional<JsonNode> arguments,
        Optional<JsonNode> filter,
        State state,
        Instant createdAt,
        String createdBy,
        Optional<Instant> endedAt,
        int total,
        List<StateCount> counts,
        List<CauseCount> causes,
        int excluded,
        boolean cancellable) {

    public Job {
        counts = List.copyOf(counts);
        causes = List.copyOf(causes);
    }

    /** How many commands are in a state. */
    public record StateCount(CommandState state, int count) {}

    /** How many commands failed for a cause. */
    public record CauseCount(String cause, int count) {}

    /** Where a job stands. */
    public enum State {
        RUNNING,
        FINISHED,
        /** Somebody cancelled what hadn't been sent. */
        CANCELLED;

        public static Optional<State> find(String wire) {
            return Arrays.stream(values())
                    .filter(state -> state.toString().equals(wire))
                    .findFirst();
        }

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
