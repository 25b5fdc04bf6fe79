package org.omtpdm.server.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who asks for something.
 *
 * @param name the user's name, or {@code token:NAME}, or {@code system}; goes to the audit
 * @param scope the devices that exist for this caller
 */
public record Caller(
        String name, Set<Role> roles, Set<Permission> permissions, DeviceScope scope, Kind kind) {

    /** How the caller is known. */
    public enum Kind {
        /** A person signed in to the console. */
        SESSION,
        /** A script with a bearer token. */
        TOKEN,
        /** The server on its own account. */
        SYSTEM
    }

    public Caller {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A caller has a name");
        }
    }

    public static Caller user(String username, Collection<Role> roles) {
        return of(username, roles, Kind.SESSION);
    }

    public static Caller token(String tokenName, Collection<Role> roles) {
        return of("token:" + tokenName, roles, Kind.TOKEN);
    }

    private static Caller of(String name, Collection<Role> roles, Kind kind) {
        return new Caller(
                name, Set.copyOf(roles), Role.permissionsOf(roles), DeviceScope.all(), kind);
    }

    /** The server itself: for what nobody asked for. May do everything. */
    public static Caller system() {
        return new Caller(
                "system",
                Set.of(),
                EnumSet.allOf(Permission.class),
                DeviceScope.all(),
                Kind.SYSTEM);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
