package org.omtpdm.server.security.credentials;

import java.time.Instant;

/** What a device proves itself with, without the key. */
public record Credential(
        String id,
        String endpoint,
        Kind kind,
        String identity,
        Instant createdAt,
        String createdBy) {

    /** Kinds of credentials. */
    public enum Kind {
        /** A pre-shared key. */
        PSK;

        @com.fasterxml.jackson.annotation.JsonValue
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
