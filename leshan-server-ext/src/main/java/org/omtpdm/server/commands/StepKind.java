package org.omtpdm.server.commands;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of steps in a command's timeline. */
public enum StepKind {
    REQUESTED,
    QUEUED,
    SENT,
    ACKNOWLEDGED,
    PROGRESS,
    VERIFIED,
    DONE,
    REFUSED,
    SILENT,
    RETRIED,
    UNKNOWN,
    CANCELLED,
    EXPIRED;

    static StepKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
