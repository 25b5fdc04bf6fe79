package org.omtpdm.server.security.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.security.Role;

/**
 * A bearer token to be made.
 *
 * @param name 1 to 100 characters, unique
 */
public record NewToken(String name, List<Role> roles, Optional<Instant> expiresAt) {

    public NewToken {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("name: expected 1 to 100 characters");
        }
        AccountRules.requireRoles(roles);
        roles = List.copyOf(roles);
    }
}
