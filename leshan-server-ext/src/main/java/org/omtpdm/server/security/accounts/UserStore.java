package org.omtpdm.server.security.accounts;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/** Users in the database. Each method runs on the connection it is given. */
final class UserStore {

    private static final TypeReference<List<Role>> ROLES = new TypeReference<>() {};

    /** A user with the hash of the password. */
    record Stored(User user, String passwordHash) {
        @Override
        public String toString() {
            return user.toString();
        }
    }

    static String keyOf(String username) {
        return username.toLowerCase(Locale.ROOT);
    }

    static String rolesText(Collection<Role> roles) {
        return Json.write(roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles));
    }

    static Set<Role> rolesOf(String text) {
        return Set.copyOf(Json.read(text, ROLES));
    }

    List<User> all(Handle handle) {
        return handle.createQuery("SELECT * FROM users ORDER BY username_key")
                .map(UserStore::stored)
                .map(Stored::user)
                .list();
    }

    Optional<Stored> byId(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM users WHERE id = :id")
                .bind("id", id)
                .map(UserStore::stored)
                .findOne();
    }

    Optional<Stored> byUsername(Handle handle, String username) {
        return handle.createQuery("SELECT * FROM users WHERE username_key = :key")
                .bind("key", keyOf(username))
                .map(UserStore::stored)
                .findOne();
    }

    void insert(Tx tx, User user, String passwordHash) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO users (id, username, username_key, display_name, password_hash,
                            roles, disabled, created_at)
                        VALUES (:id, :username, :key, :displayName, :passwordHash, :roles,
                            :disabled, :createdAt)
                        """)
                .bind("id", user.id())
                .bind("username", user.username())
                .bind("key", keyOf(user.username()))
                .bind("displayName", user.displayName())
                .bind("passwordHash", passwordHash)
                .bind("roles", rolesText(user.roles()))
                .bind("disabled", user.disabled())
                .bind("createdAt", user.createdAt())
                .execute();
    }

    void update(Tx tx, User user, String passwordHash) {
        tx.handle()
                .createUpdate(
                        """
                        UPDATE users SET display_name = :displayName, roles = :roles,
                            disabled = :disabled, password_hash = :passwordHash
                        WHERE id = :id
                        """)
                .bind("id", user.id())
                .bind("displayName", user.displayName())
                .bind("roles", rolesText(user.roles()))
                .bind("disabled", user.disabled())
                .bind("passwordHash", passwordHash)
                .execute();
    }

    void signedIn(Tx tx, String id) {
        tx.handle()
                .createUpdate("UPDATE users SET last_sign_in_at = :at WHERE id = :id")
                .bind("at", tx.now())
                .bind("id", id)
                .execute();
    }

    void delete(Tx tx, String id) {
        tx.handle().createUpdate("DELETE FROM users WHERE id = :id").bind("id", id).execute();
    }

    static Stored stored(ResultSet row, StatementContext context) throws SQLException {
        var lastSignIn = row.getLong("last_sign_in_at");
        var signedInBefore = !row.wasNull();
        return new Stored(
                new User(
                        row.getString("id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        rolesOf(row.getString("roles")),
                        row.getInt("disabled") != 0,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        signedInBefore
                                ? Optional.of(Instant.ofEpochMilli(lastSignIn))
                                : Optional.empty()),
                row.getString("password_hash"));
    }
}
