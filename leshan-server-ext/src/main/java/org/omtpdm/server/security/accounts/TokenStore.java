package org.omtpdm.server.security.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.store.Tx;

/** Tokens in the database, by the hash of their secret. */
final class TokenStore {

    List<Token> all(Handle handle) {
        return handle.createQuery("SELECT * FROM tokens ORDER BY name, id")
                .map(TokenStore::token)
                .list();
    }

    Optional<Token> byId(Handle handle, String id) {
        return by(handle, "id", id);
    }

    Optional<Token> byName(Handle handle, String name) {
        return by(handle, "name", name);
    }

    Optional<Token> bySecretHash(Handle handle, String hash) {
        return by(handle, "secret_hash", hash);
    }

    private static Optional<Token> by(Handle handle, String column, String value) {
        return handle.createQuery("SELECT * FROM tokens WHERE " + column + " = :value")
                .bind("value", value)
                .map(TokenStore::token)
                .findOne();
    }

    void insert(Tx tx, Token token, String secretHash) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO tokens (id, name, secret_hash, roles, created_at, created_by,
                            expires_at)
                        VALUES (:id, :name, :secretHash, :roles, :createdAt, :createdBy, :expiresAt)
                        """)
                .bind("id", token.id())
                .bind("name", token.name())
                .bind("secretHash", secretHash)
                .bind("roles", UserStore.rolesText(token.roles()))
                .bind("createdAt", token.createdAt())
                .bind("createdBy", token.createdBy())
                .bind("expiresAt", token.expiresAt().orElse(null))
                .execute();
    }

    void used(Tx tx, String id) {
        tx.handle()
                .createUpdate("UPDATE tokens SET last_used_at = :at WHERE id = :id")
                .bind("at", tx.now())
                .bind("id", id)
                .execute();
    }

    void delete(Tx tx, String id) {
        tx.handle().createUpdate("DELETE FROM tokens WHERE id = :id").bind("id", id).execute();
    }

    private static Token token(ResultSet row, StatementContext context) throws SQLException {
        return new Token(
                row.getString("id"),
                row.getString("name"),
                UserStore.rolesOf(row.getString("roles")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
