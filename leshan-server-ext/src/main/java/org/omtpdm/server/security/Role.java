package org.omtpdm.server.security;

import static org.omtpdm.server.security.Permission.ADMINISTER;
import static org.omtpdm.server.security.Permission.APPROVE;
import static org.omtpdm.server.security.Permission.AUDIT;
import static org.omtpdm.server.security.Permission.AUDIT_OWN;
import static org.omtpdm.server.security.Permission.DELETE_FILES;
import static org.omtpdm.server.security.Permission.LIST_FILES;
import static org.omtpdm.server.security.Permission.OPERATE;
import static org.omtpdm.server.security.Permission.POLICY;
import static org.omtpdm.server.security.Permission.RAW_ACCESS;
import static org.omtpdm.server.security.Permission.READ_CONTENT;
import static org.omtpdm.server.security.Permission.RESPOND;
import static org.omtpdm.server.security.Permission.SEE;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Bundles of permissions. A user or a token has one or more. */
public enum Role {
    VIEWER(EnumSet.of(SEE, AUDIT_OWN)),
    OPERATOR(EnumSet.of(SEE, OPERATE, LIST_FILES, DELETE_FILES, APPROVE, AUDIT_OWN)),
    SECURITY_OFFICER(
            EnumSet.of(
                    SEE,
                    LIST_FILES,
                    DELETE_FILES,
                    READ_CONTENT,
                    RESPOND,
                    POLICY,
                    APPROVE,
                    AUDIT,
                    AUDIT_OWN)),
    ADMIN(EnumSet.of(SEE, APPROVE, RAW_ACCESS, ADMINISTER, AUDIT, AUDIT_OWN));

    private final Set<Permission> permissions;

    Role(EnumSet<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** What somebody with all of these roles may do. */
    public static Set<Permission> permissionsOf(Collection<Role> roles) {
        var all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions));
        return all;
    }

    /** The name in the API, for example {@code security-officer}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @throws IllegalArgumentException when there is no such role
     */
    @JsonCreator
    public static Role ofWire(String wire) {
        for (var role : values()) {
            if (role.wire().equals(wire)) {
                return role;
            }
        }
        throw new IllegalArgumentException("Not a role: '" + wire + "'");
    }
}
