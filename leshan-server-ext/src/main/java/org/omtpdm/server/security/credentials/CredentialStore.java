package org.omtpdm.server.security.credentials;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/** Credentials in the database, keys sealed. */
final class CredentialStore {

    Page<Credential> page(Handle handle, Optional<String> search, PageRequest request) {
        var bindings = new HashMap<String, Object>();
        var where = "";
        if (search.isPresent()) {
            where =
                    " WHERE (LOWER(endpoint) LIKE :search ESCAPE '!'"
                            + " OR LOWER(identity) LIKE :search ESCAPE '!')";
            bindings.put(
                    "search", "%" + escape(search.get().toLowerCase(java.util.Locale.ROOT)) + "%");
        }
        var total =
                handle.createQuery("SELECT COUNT(*) FROM credentials" + where)
                        .bindMap(bindings)
                        .mapTo(Long.class)
                        .one();
        var after = request.cursor().map(cursor -> cursor.text(0));
        if (after.isPresent()) {
            where += (where.isEmpty() ? " WHERE" : " AND") + " endpoint > :after";
            bindings.put("after", after.get());
        }
        var rows =
                handle.createQuery(
                                "SELECT * FROM credentials"
                                        + where
                                        + " ORDER BY endpoint LIMIT :limit")
                        .bindMap(bindings)
                        .bind("limit", request.limit() + 1)
                        .map(CredentialStore::credential)
                        .list();
        return Page.cut(rows, request, Optional.of(total), row -> Cursor.of(row.endpoint()));
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    void each(Handle handle, BiConsumer<Credential, byte[]> consumer) {
        handle.createQuery("SELECT * FROM credentials")
                .setFetchSize(1000)
                .map(
                        (row, context) ->
                                Map.entry(credential(row, context), row.getBytes("sealed_key")))
                .useStream(
                        rows -> rows.forEach(row -> consumer.accept(row.getKey(), row.getValue())));
    }

    Optional<Credential> byId(Handle handle, String id) {
        return by(handle, "id", id);
    }

    Optional<Credential> byEndpoint(Handle handle, String endpoint) {
        return by(handle, "endpoint", endpoint);
    }

    Optional<Credential> byIdentity(Handle handle, String identity) {
        return by(handle, "identity", identity);
    }

    private static Optional<Credential> by(Handle handle, String column, String value) {
        return handle.createQuery("SELECT * FROM credentials WHERE " + column + " = :value")
                .bind("value", value)
                .map(CredentialStore::credential)
                .findOne();
    }

    void insert(Tx tx, Credential credential, byte[] sealedKey) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO credentials (id, endpoint, kind, identity, sealed_key,
                            created_at, created_by)
                        VALUES (:id, :endpoint, :kind, :identity, :sealedKey, :createdAt,
                            :createdBy)
                        """)
                .bind("id", credential.id())
                .bind("endpoint", credential.endpoint())
                .bind("kind", credential.kind().wire())
                .bind("identity", credential.identity())
                .bind("sealedKey", sealedKey)
                .bind("createdAt", credential.createdAt())
                .bind("createdBy", credential.createdBy())
                .execute();
    }

    void delete(Tx tx, String id) {
        tx.handle().createUpdate("DELETE FROM credentials WHERE id = :id").bind("id", id).execute();
    }

    private static Credential credential(ResultSet row, StatementContext context)
            throws SQLException {
        return new Credential(
                row.getString("id"),
                row.getString("endpoint"),
                Credential.Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                row.getString("identity"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"));
    }
}
