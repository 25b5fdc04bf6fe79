package org.omtpdm.server.security.accounts;

import java.util.Collection;
import java.util.Optional;
import org.omtpdm.server.security.Role;

/** What names, passwords and roles must look like. */
final class AccountRules {

    static final int PASSWORD_MIN = 10;
    static final int PASSWORD_MAX = 1000;

    private AccountRules() {}

    static void requirePassword(String password) {
        var length = password.codePointCount(0, password.length());
        if (length < PASSWORD_MIN || length > PASSWORD_MAX) {
            throw new IllegalArgumentException(
                    "password: expected " + PASSWORD_MIN + " to " + PASSWORD_MAX + " characters");
        }
    }

    static void requireDisplayName(Optional<String> displayName) {
        if (displayName.filter(name -> name.length() > 200).isPresent()) {
            throw new IllegalArgumentException("displayName: expected at most 200 characters");
        }
    }

    static void requireRoles(Collection<Role> roles) {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles: expected one or more");
        }
    }
}
