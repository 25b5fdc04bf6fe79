package org.omtpdm.server.security.accounts;

import static org.omtpdm.server.api.ErrorCode.ALREADY_EXISTS;
import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;
import static org.omtpdm.server.api.ErrorCode.NOT_FOUND;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.Authenticator.SignedIn;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.Secrets;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;

/** Bearer tokens for scripts; their secrets are stored hashed. Thread-safe. */
public final class Tokens {

    private static final String PREFIX = "omtpdm_";
    private static final int SECRET_BYTES = 32;
    private static final Duration USED_RESOLUTION = Duration.ofMinutes(1);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final TokenStore store = new TokenStore();

    Tokens(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A token that was just made.
     *
     * @param secret shown this once
     */
    public record Made(Token token, String secret) {
        @Override
        public String toString() {
            return "Made[" + token.name() + "]";
        }
    }

    /** All tokens, by name. */
    public List<Token> all() {
        return database.read(store::all);
    }

    /**
     * @throws ManagementException {@code ALREADY_EXISTS}, {@code BAD_REQUEST} when it would have
     *     expired already
     */
    public Made add(Caller caller, NewToken added) {
        var secret = PREFIX + Secrets.random(SECRET_BYTES);
        return database.write(
                tx -> {
                    if (added.expiresAt().filter(end -> !end.isAfter(tx.now())).isPresent()) {
                        throw new ManagementException(
                                BAD_REQUEST,
                                "expiresAt: expected a time to come",
                                Map.of("field", "expiresAt"));
                    }
                    if (store.byName(tx.handle(), added.name()).isPresent()) {
                        throw new ManagementException(
                                ALREADY_EXISTS,
                                "There is a token '" + added.name() + "' already",
                                Map.of("field", "name"));
                    }
                    var token =
                            new Token(
                                    Ids.next(),
                                    added.name(),
                                    EnumSet.copyOf(added.roles()),
                                    tx.now(),
                                    caller.name(),
                                    added.expiresAt(),
                                    Optional.empty());
                    store.insert(tx, token, Secrets.hash(secret));
                    audit.record(
                            tx,
                            caller,
                            NewAuditRecord.done("token.add", token.name())
                                    .with(
                                            Map.of(
                                                    "roles",
                                                    token.roles().stream()
                                                            .map(Role::wire)
                                                            .sorted()
                                                            .toList())));
                    return new Made(token, secret);
                });
    }

    /**
     * @throws ManagementException {@code NOT_FOUND}
     */
    public void revoke(Caller caller, String id) {
        database.write(
                tx -> {
                    var token =
                            store.byId(tx.handle(), id)
                                    .orElseThrow(
                                            () ->
                                                    new ManagementException(
                                                            NOT_FOUND,
                                                            "There is no token with this id"));
                    store.delete(tx, id);
                    audit.record(tx, caller, NewAuditRecord.done("token.revoke", token.name()));
                    return null;
                });
    }

    /** Who sends this secret, if it is valid now. */
    Optional<SignedIn> authenticate(String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > 100) {
            return Optional.empty();
        }
        var now = clock.instant();
        var found =
                database.read(handle -> store.bySecretHash(handle, Secrets.hash(secret)))
                        .filter(token -> token.expiresAt().map(now::isBefore).orElse(true));
        found.filter(
                        token ->
                                token.lastUsedAt()
                                        .map(used -> used.plus(USED_RESOLUTION).isBefore(now))
                                        .orElse(true))
                .ifPresent(
                        token ->
                                database.writeAsync(
                                        tx -> {
                                            store.used(tx, token.id());
                                            return null;
                                        }));
        return found.map(
                token ->
                        new SignedIn(
                                Caller.token(token.name(), token.roles()),
                                Optional.empty(),
                                token.id()));
    }
}
