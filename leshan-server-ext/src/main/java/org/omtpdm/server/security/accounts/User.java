package org.omtpdm.server.security.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.server.security.Role;

/** A person who may sign in. Without the password's hash, so that it can be shown. */
public record User(
        String id,
        String username,
        String displayName,
        Set<Role> roles,
        boolean disabled,
        Instant createdAt,
        Optional<Instant> lastSignInAt) {

    public User {
        roles = Set.copyOf(roles);
    }

    boolean isAdmin() {
        return !disabled && roles.contains(Role.ADMIN);
    }
}
