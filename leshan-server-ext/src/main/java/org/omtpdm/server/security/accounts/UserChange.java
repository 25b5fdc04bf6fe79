package org.omtpdm.server.security.accounts;

import java.util.List;
import java.util.Optional;
import org.omtpdm.server.security.Role;

/** What shall be different about a user; absent: stays. */
public record UserChange(
        Optional<String> displayName,
        Optional<List<Role>> roles,
        Optional<String> password,
        Optional<Boolean> disabled) {

    public UserChange {
        AccountRules.requireDisplayName(displayName);
        password.ifPresent(AccountRules::requirePassword);
        roles.ifPresent(AccountRules::requireRoles);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "UserChange[" + displayName + ", " + roles + ", disabled " + disabled + "]";
    }
}
