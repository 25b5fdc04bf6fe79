package org.omtpdm.server.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may do. Roles are bundles of these; the API speaks of them by {@link #wire}. */
public enum Permission {
    /** Devices, inventory, jobs, compliance. */
    SEE,
    /** Commands, processes, software, settings, firmware, campaigns. */
    OPERATE,
    /** File lists, stat, hunts. */
    LIST_FILES,
    /** Deleting, moving and writing files. */
    DELETE_FILES,
    /** File content and evidence. */
    READ_CONTENT,
    /** Responses, quarantine. */
    RESPOND,
    /** Policies, capabilities, exceptions, lock, wipe. */
    POLICY,
    /** Approving what others ask for; never one's own request. */
    APPROVE,
    /** Raw access to paths that belong to a feature, the lab switch. */
    RAW_ACCESS,
    /** Users, tokens, credentials, retention. */
    ADMINISTER,
    /** Everybody's audit records. */
    AUDIT,
    /** One's own audit records. */
    AUDIT_OWN;

    /** The name in the API, for example {@code list-files}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
