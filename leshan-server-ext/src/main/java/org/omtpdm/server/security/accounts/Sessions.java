package org.omtpdm.server.security.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.Authenticator.SignedIn;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Secrets;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/**
 * Signing in and out, and who holds a session cookie. Session ids are random, new with every
 * sign-in and every change of password, and stored hashed. Thread-safe.
 */
final class Sessions {

    private static final int ID_BYTES = 32;
    private static final int PER_USER = 20;
    private static final Duration USED_RESOLUTION = Duration.ofMinutes(1);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final SessionConfig config;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final UserStore users = new UserStore();
    private final SessionStore sessions = new SessionStore();

    Sessions(
            Database database,
            Audit audit,
            Clock clock,
            SessionConfig config,
            Passwords passwords) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
        this.passwords = passwords;
        this.throttle = new SignInThrottle(clock);
    }

    /**
     * A session that has just begun.
     *
     * @param id for the cookie; known nowhere else
     */
    record Begun(String id, Current current) {
        @Override
        public String toString() {
            return "Begun[" + current.user().username() + "]";
        }
    }

    /** A valid session with its user. */
    record Current(User user, SessionStore.Stored session) {
        SignedIn signedIn() {
            return new SignedIn(
                    Caller.user(user.username(), user.roles()),
                    Optional.of(session.csrfToken()),
                    session.idHash());
        }
    }

    /**
     * Begins a session.
     *
     * @param replaced the id of a session that the browser had before; it ends
     * @throws ManagementException {@code SIGN_IN_FAILED} whatever is wrong, {@code
     *     TOO_MANY_ATTEMPTS} with {@code retryAfterSeconds}
     */
    Begun signIn(String username, String password, String address, Optional<String> replaced) {
        var account = UserStore.keyOf(username);
        throttle.begin(account, address).ifPresent(Sessions::refuseFor);
        var found = database.read(handle -> users.byUsername(handle, username));
        if (found.isEmpty()) {
            passwords.matchNobody(password);
            throw failed("(unknown user)", address);
        }
        var stored = found.get();
        if (!passwords.matches(password, stored.passwordHash()) || stored.user().disabled()) {
            throw failed(stored.user().username(), address);
        }
        throttle.succeeded(account, address);
        return database.write(tx -> begin(tx, stored, address, replaced));
    }

    private static void refuseFor(Duration wait) {
        var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        throw new ManagementException(
                ErrorCode.TOO_MANY_ATTEMPTS,
                "Too many failed sign-ins; try again in " + seconds + " s",
                Map.of("retryAfterSeconds", seconds));
    }

    private ManagementException failed(String username, String address) {
        database.write(
                tx ->
                        audit.record(
                                tx,
                                Caller.system(),
                                NewAuditRecord.done("session.sign-in", username)
                                        .with(Map.of("address", address))
                                        .ended("failed")));
        return new ManagementException(
                ErrorCode.SIGN_IN_FAILED, "The username or the password is wrong");
    }

    private Begun begin(
            Tx tx, UserStore.Stored checked, String address, Optional<String> replaced) {
        var stored =
                users.byId(tx.handle(), checked.user().id())
                        .filter(now -> now.passwordHash().equals(checked.passwordHash()))
                        .filter(now -> !now.user().disabled())
                        .orElseThrow(
                                () ->
                                        new ManagementException(
                                                ErrorCode.SIGN_IN_FAILED,
                                                "The username or the password is wrong"));
        var user = stored.user();
        replaced.map(Secrets::hash).ifPresent(hash -> sessions.delete(tx, hash));
        sessions.deleteExpired(tx, tx.now().minus(config.idle()));
        var begun = insert(tx, user, user.lastSignInAt(), address);
        sessions.keepNewest(tx, user.id(), PER_USER);
        users.signedIn(tx, user.id());
        audit.record(
                tx,
                Caller.user(user.username(), user.roles()),
                NewAuditRecord.done("session.sign-in", user.username())
                        .with(Map.of("address", address)));
        return begun;
    }

    private Begun insert(Tx tx, User user, Optional<Instant> previousSignIn, String address) {
        var id = Secrets.random(ID_BYTES);
        var session =
                new SessionStore.Stored(
                        Secrets.hash(id),
                        user.id(),
                        Secrets.random(ID_BYTES),
                        tx.now(),
                        tx.now(),
                        tx.now().plus(config.lifetime()),
                        previousSignIn);
        sessions.insert(tx, session, address);
        return new Begun(id, new Current(user, session));
    }

    /** Whose session this id is, if it is valid now. */
    Optional<Current> current(String id) {
        return byHash(Secrets.hash(id));
    }

    /** As {@link #current}, by the hash of the id. */
    Optional<Current> byHash(String idHash) {
        var now = clock.instant();
        var found =
                database.read(
                        handle ->
                                sessions.byHash(handle, idHash)
                                        .filter(session -> isValid(session, now))
                                        .flatMap(
                                                session ->
                                                        users.byId(handle, session.userId())
                                                                .map(UserStore.Stored::user)
                                                                .filter(user -> !user.disabled())
                                                                .map(
                                                                        user ->
                                                                                new Current(
                                                                                        user,
                                                                                        session))));
        found.map(Current::session)
                .filter(session -> session.lastUsedAt().plus(USED_RESOLUTION).isBefore(now))
                .ifPresent(
                        session ->
                                database.writeAsync(
                                        tx -> {
                                            sessions.used(tx, session.idHash());
                                            return null;
                                        }));
        return found;
    }

    private boolean isValid(SessionStore.Stored session, Instant now) {
        return session.expiresAt().isAfter(now)
                && session.lastUsedAt().plus(config.idle()).isAfter(now);
    }

    void signOut(String idHash, Caller caller) {
        database.write(
                tx -> {
                    if (sessions.delete(tx, idHash)) {
                        audit.record(
                                tx, caller, NewAuditRecord.done("session.sign-out", caller.name()));
                    }
                    return null;
                });
    }

    /**
     * Changes one's own password; every session of the user ends, and a new one begins.
     *
     * @throws ManagementException {@code SIGN_IN_FAILED} when the current password is wrong, {@code
     *     TOO_MANY_ATTEMPTS}
     */
    Begun changePassword(Current current, String password, String newPassword, String address) {
        var account = UserStore.keyOf(current.user().username());
        throttle.begin(account, address).ifPresent(Sessions::refuseFor);
        var stored = database.read(handle -> users.byId(handle, current.user().id())).orElseThrow();
        if (!passwords.matches(password, stored.passwordHash())) {
            throw new ManagementException(
                    ErrorCode.SIGN_IN_FAILED,
                    "The current password is wrong",
                    Map.of("field", "current"));
        }
        throttle.succeeded(account, address);
        var hash = passwords.hash(newPassword);
        return database.write(
                tx -> {
                    // hashing takes its time: what an administrator did meanwhile must stand
                    var user =
                            users.byId(tx.handle(), current.user().id())
                                    .filter(now -> !now.user().disabled())
                                    .filter(now -> now.passwordHash().equals(stored.passwordHash()))
                                    .orElseThrow(
                                            () ->
                                                    new ManagementException(
                                                            ErrorCode.SIGN_IN_FAILED,
                                                            "The account was changed meanwhile;"
                                                                    + " sign in again"))
                                    .user();
                    users.update(tx, user, hash);
                    sessions.deleteOf(tx, user.id(), Optional.empty());
                    audit.record(
                            tx,
                            current.signedIn().caller(),
                            NewAuditRecord.done("session.change-password", user.username()));
                    return insert(tx, user, current.session().previousSignInAt(), address);
                });
    }
}
