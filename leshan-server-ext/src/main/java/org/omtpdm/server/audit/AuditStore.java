package org.omtpdm.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** The chain in the database. Thread-safe. */
public final class AuditStore {

    private static final int VERIFY_AT_ONCE = 1_000;

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

    /**
     * Records, newest first.
     *
     * @param actor only this actor's
     * @param action only this action, or all of a noun: {@code user} finds {@code user.add}
     */
    Page<AuditRecord> page(
            Optional<String> actor,
            Optional<String> action,
            Optional<String> deviceId,
            PageRequest request) {
        var where = new StringBuilder(" WHERE number < :before");
        var bindings = new HashMap<String, Object>();
        actor.ifPresent(
                name -> {
                    where.append(" AND actor = :actor");
                    bindings.put("actor", name);
                });
        action.ifPresent(
                name -> {
                    where.append(" AND (action = :action OR SUBSTR(action, 1, :length) = :noun)");
                    bindings.put("action", name);
                    bindings.put("noun", name + ".");
                    bindings.put("length", name.length() + 1);
                });
        deviceId.ifPresent(
                id -> {
                    where.append(" AND device_id = :device");
                    bindings.put("device", id);
                });
        var before = request.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        var rows =
                database.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT * FROM audit_records"
                                                        + where
                                                        + " ORDER BY number DESC LIMIT :limit")
                                        .bind("before", before)
                                        .bindMap(bindings)
                                        .bind("limit", request.limit() + 1)
                                        .map(AuditStore::record)
                                        .list());
        return Page.cut(rows, request, Optional.empty(), row -> Cursor.of(row.number()));
    }

    /** Records after a number, oldest first. */
    List<AuditRecord> after(long number, int limit) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM audit_records WHERE number > :number
                                        ORDER BY number LIMIT :limit
                                        """)
                                .bind("number", number)
                                .bind("limit", limit)
                                .map(AuditStore::record)
                                .list());
    }

    /** Goes through the whole chain. */
    public AuditChain.Verdict verify() {
        var chain = new AuditChain();
        var last = 0L;
        for (var page = after(last, VERIFY_AT_ONCE);
                !page.isEmpty();
                page = after(last, VERIFY_AT_ONCE)) {
            for (var record : page) {
                if (!chain.add(record)) {
                    return chain.verdict();
                }
                last = record.number();
            }
        }
        return chain.verdict();
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
