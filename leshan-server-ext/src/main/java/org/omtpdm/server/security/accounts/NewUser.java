package org.omtpdm.server.security.accounts;

import java.util.List;
import java.util.Optional;
import org.omtpdm.server.security.Role;

/**
 * A user to be added.
 *
 * @param username 1 to 100 of letters, digits and {@code . _ @ -}; unique regardless of case
 * @param displayName the username when absent
 * @param password 10 to 1000 characters
 * @param roles one or more
 */
public record NewUser(
        String username, Optional<String> displayName, String password, List<Role> roles) {

    public NewUser {
        if (!username.matches("[A-Za-z0-9._@-]{1,100}")) {
            throw new IllegalArgumentException(
                    "username: expected 1 to 100 letters, digits or any of . _ @ -");
        }
        AccountRules.requireDisplayName(displayName);
        AccountRules.requirePassword(password);
        AccountRules.requireRoles(roles);
        roles = List.copyOf(roles);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewUser[" + username + ", " + roles + "]";
    }
}
