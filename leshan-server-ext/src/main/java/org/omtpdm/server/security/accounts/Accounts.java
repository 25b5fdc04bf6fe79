package org.omtpdm.server.security.accounts;

import java.time.Clock;
import java.util.Optional;
import org.omtpdm.server.api.Authenticator;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.store.Database;

/** Users, sessions and tokens: who may come in over HTTP. Thread-safe. */
public final class Accounts implements Authenticator {

    private final Users users;
    private final Sessions sessions;
    private final Tokens tokens;
    private final boolean secureCookies;

    /**
     * @param secureCookies whether browsers may send the session cookie over HTTPS only
     */
    public Accounts(
            Database database,
            Audit audit,
            Events events,
            Clock clock,
            SessionConfig config,
            boolean secureCookies) {
        var passwords = new Passwords();
        this.users = new Users(database, audit, events, passwords);
        this.sessions = new Sessions(database, audit, clock, config, passwords);
        this.tokens = new Tokens(database, audit, clock);
        this.secureCookies = secureCookies;
    }

    public Users users() {
        return users;
    }

    public Tokens tokens() {
        return tokens;
    }

    @Override
    public Optional<SignedIn> authenticate(
            Optional<String> bearer, Optional<String> cookie, String address) {
        return bearer.isPresent()
                ? bearer.flatMap(tokens::authenticate)
                : cookie.flatMap(sessions::current).map(Sessions.Current::signedIn);
    }

    /** Adds the routes for sessions, users and tokens. */
    public void addTo(Router router) {
        new SessionRoutes(sessions, secureCookies).addTo(router);
        new UserRoutes(users).addTo(router);
        new TokenRoutes(tokens).addTo(router);
    }
}
