package org.omtpdm.server.api;

import java.util.Optional;
import org.omtpdm.server.security.Permission;

/**
 * Who may use a route.
 *
 * @param anonymous nobody needs to be signed in
 * @param permission what the caller must be allowed; absent: being signed in is enough
 */
public record Access(boolean anonymous, Optional<Permission> permission) {

    public static final Access ANYBODY = new Access(true, Optional.empty());
    public static final Access SIGNED_IN = new Access(false, Optional.empty());

    public Access {
        if (anonymous && permission.isPresent()) {
            throw new IllegalArgumentException("An anonymous caller has no permission");
        }
    }

    public static Access requiring(Permission permission) {
        return new Access(false, Optional.of(permission));
    }
}
