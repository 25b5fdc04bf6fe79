package org.omtpdm.server.security.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.server.security.Role;

/**
 * A bearer token of a script, without its secret.
 *
 * @param expiresAt absent: doesn't expire
 * @param lastUsedAt to the minute
 */
public record Token(
        String id,
        String name,
        Set<Role> roles,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt) {

    public Token {
        roles = Set.copyOf(roles);
    }
}
