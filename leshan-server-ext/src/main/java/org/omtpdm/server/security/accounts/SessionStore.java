package org.omtpdm.server.security.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.store.Tx;

/** Sessions in the database, by the hash of their id. */
final class SessionStore {

    /**
     * @param previousSignInAt the sign-in before this one
     */
    record Stored(
            String idHash,
            String userId,
            String csrfToken,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            Optional<Instant> previousSignInAt) {}

    void insert(Tx tx, Stored session, String address) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO sessions (id_hash, user_id, csrf_token, created_at,
                            last_used_at, expires_at, previous_sign_in_at, address)
                        VALUES (:idHash, :userId, :csrfToken, :createdAt, :lastUsedAt, :expiresAt,
                            :previous, :address)
                        """)
                .bind("idHash", session.idHash())
                .bind("userId", session.userId())
                .bind("csrfToken", session.csrfToken())
                .bind("createdAt", session.createdAt())
                .bind("lastUsedAt", session.lastUsedAt())
                .bind("expiresAt", session.expiresAt())
                .bind("previous", session.previousSignInAt().orElse(null))
                .bind("address", address)
                .execute();
    }

    Optional<Stored> byHash(Handle handle, String idHash) {
        return handle.createQuery("SELECT * FROM sessions WHERE id_hash = :idHash")
                .bind("idHash", idHash)
                .map(SessionStore::stored)
                .findOne();
    }

    void used(Tx tx, String idHash) {
        tx.handle()
                .createUpdate("UPDATE sessions SET last_used_at = :at WHERE id_hash = :idHash")
                .bind("at", tx.now())
                .bind("idHash", idHash)
                .execute();
    }

    boolean delete(Tx tx, String idHash) {
        return tx.handle()
                        .createUpdate("DELETE FROM sessions WHERE id_hash = :idHash")
                        .bind("idHash", idHash)
                        .execute()
                > 0;
    }

    /** Ends the sessions of a user, but for one. */
    void deleteOf(Tx tx, String userId, Optional<String> exceptHash) {
        tx.handle()
                .createUpdate("DELETE FROM sessions WHERE user_id = :userId AND id_hash <> :except")
                .bind("userId", userId)
                .bind("except", exceptHash.orElse(""))
                .execute();
    }

    /** Ends the sessions of a user but the newest. */
    void keepNewest(Tx tx, String userId, int keep) {
        tx.handle()
                .createUpdate(
                        """
                        DELETE FROM sessions WHERE user_id = :userId AND id_hash NOT IN (
                            SELECT id_hash FROM sessions WHERE user_id = :userId
                            ORDER BY created_at DESC, id_hash LIMIT :keep)
                        """)
                .bind("userId", userId)
                .bind("keep", keep)
                .execute();
    }

    void deleteExpired(Tx tx, Instant unusedSince) {
        tx.handle()
                .createUpdate(
                        "DELETE FROM sessions WHERE expires_at <= :now OR last_used_at < :unused")
                .bind("now", tx.now())
                .bind("unused", unusedSince)
                .execute();
    }

    private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
        var previous = row.getLong("previous_sign_in_at");
        var known = !row.wasNull();
        return new Stored(
                row.getString("id_hash"),
                row.getString("user_id"),
                row.getString("csrf_token"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                known ? Optional.of(Instant.ofEpochMilli(previous)) : Optional.empty());
    }
}
