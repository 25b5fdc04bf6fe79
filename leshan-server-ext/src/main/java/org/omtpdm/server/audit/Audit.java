package org.omtpdm.server.audit;

import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Tx;

/**
 * Who did what. A record is written in the transaction of what it records: neither exists without
 * the other. Thread-safe.
 */
public final class Audit {

    private final AuditStore store;

    public Audit(AuditStore store) {
        this.store = store;
    }

    /** Adds a record to the chain. */
    public AuditRecord record(Tx tx, Caller caller, NewAuditRecord record) {
        return store.append(tx, caller.name(), record);
    }
}
