package org.omtpdm.server.attention;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What makes something need a person. Features add rules, not mechanisms. */
public enum AttentionRule {
    /** A device's registration expired. */
    DEVICE_SILENT,
    /** A handshake or registration was refused. */
    DEVICE_REFUSED,
    /** A command ended without success, and not by somebody's wish. */
    COMMAND_FAILED;

    /** The word of the API. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static AttentionRule of(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not a rule: " + word));
    }
}
