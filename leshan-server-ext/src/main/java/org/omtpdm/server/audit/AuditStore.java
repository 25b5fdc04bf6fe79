package org.omtpdm.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/** The chain in the database. Thread-safe. */
public final class AuditStore {

    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    AuditRecord append(Tx tx, String actor, NewAuditRecord added) {
        var last =
                tx.handle()
                        .createQuery("SELECT * FROM audit_records ORDER BY number DESC LIMIT 1")
                        .map(AuditStore::record)
                        .findOne();
        var open =
                new AuditRecord(
                        last.map(AuditRecord::number).orElse(0L) + 1,
                        tx.now(),
                        actor,
                        added.action(),
                        added.subject(),
                        added.deviceId(),
                        added.reason(),
                        Json.readObject(Json.write(added.details())),
                        added.result(),
                        last.map(AuditRecord::hash).orElse(AuditChain.START),
                        "");
        var record = open.withHash(AuditChain.hash(open));
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO audit_records (number, at, actor, action, subject, device_id,
                            reason, details, result, previous, hash)
                        VALUES (:number, :at, :actor, :action, :subject, :device, :reason, :details,
                            :result, :previous, :hash)
                        """)
                .bind("number", record.number())
                .bind("at", record.at())
                .bind("actor", record.actor())
                .bind("action", record.action())
                .bind("subject", record.subject().orElse(null))
                .bind("device", record.deviceId().orElse(null))
                .bind("reason", record.reason().orElse(null))
                .bind("details", Json.write(record.details()))
                .bind("result", record.result())
                .bind("previous", record.previous())
                .bind("hash", record.hash())
                .execute();
        return record;
    }

    /** Goes through the whole chain. */
    public AuditChain.Verdict verify() {
        return database.read(
                handle -> {
                    var chain = new AuditChain();
                    try (var rows =
                            handle
                                    .createQuery("SELECT * FROM audit_records ORDER BY number")
                                    .setFetchSize(500)
                                    .map(AuditStore::record)
                                    .stream()) {
                        rows.takeWhile(chain::add).count();
                    }
                    return chain.verdict();
                });
    }

    static AuditRecord record(ResultSet row, StatementContext context) throws SQLException {
        return new AuditRecord(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("actor"),
                row.getString("action"),
                Optional.ofNullable(row.getString("subject")),
                Optional.ofNullable(row.getString("device_id")),
                Optional.ofNullable(row.getString("reason")),
                Json.readObject(row.getString("details")),
                row.getString("result"),
                row.getString("previous"),
                row.getString("hash"));
    }
}
