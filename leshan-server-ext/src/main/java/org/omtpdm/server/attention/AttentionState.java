package org.omtpdm.server.attention;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an item stands. */
public enum AttentionState {
    /** Nobody has looked at it yet. */
    OPEN,
    /** Somebody has taken it on. */
    ACKNOWLEDGED,
    /** Put off until a time; open again then, if the cause is still there. */
    SNOOZED,
    /** The cause is gone, or a person says it is settled. */
    RESOLVED;

    /** The word of the API. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AttentionState> find(String word) {
        return Arrays.stream(values()).filter(state -> state.toString().equals(word)).findFirst();
    }
}
