package org.omtpdm.server.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.accounts.NewToken;
import org.omtpdm.server.security.accounts.SessionConfig;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.DatabaseConfig;
import org.omtpdm.server.store.Ids;

/**
 * A real HTTP API over a real database, with the routes a test adds: for tests of routes.
 *
 * <pre>{@code
 * try (var api = ApiFixture.open(folder, (fixture, router) -> new FooRoutes(…).addTo(router))) {
 *     assertThat(api.as(Role.VIEWER).get("/api/v1/foo").status()).isEqualTo(200);
 * }
 * }</pre>
 */
public final class ApiFixture implements AutoCloseable {
    /** A key of the tests. */
    public static final org.omtpdm.server.store.SecretBox SECRETS =
            org.omtpdm.server.store.SecretBox.ofHex("5a".repeat(32));

    private final Database database;
    private final EventStore eventStore;
    private final Events events;
    private final AuditStore auditStore;
    private final Audit audit;
    private final Accounts accounts;
    private HttpApi http;

    private ApiFixture(Path folder, Clock clock) {
        database = Database.open(DatabaseConfig.sqlite(folder.resolve("api.db")), clock);
        eventStore = new EventStore(database);
        events = new Events(eventStore);
        auditStore = new AuditStore(database);
        audit = new Audit(auditStore);
        accounts = new Accounts(database, audit, events, clock, SessionConfig.DEFAULT, false);
    }

    public static ApiFixture open(Path folder, BiConsumer<ApiFixture, Router> routes) {
        return open(folder, Clock.systemUTC(), routes);
    }

    public static ApiFixture open(Path folder, Clock clock, BiConsumer<ApiFixture, Router> routes) {
        var fixture = new ApiFixture(folder, clock);
        var router = new Router();
        fixture.accounts.addTo(router);
        routes.accept(fixture, router);
        fixture.http =
                HttpApi.open(
                        HttpConfig.onLoopback(0),
                        router,
                        fixture.accounts,
                        new Promises(fixture.database, SECRETS),
                        RequestMeter.NONE);
        return fixture;
    }

    /** A client with a bearer token of exactly these roles. */
    public ApiClient as(Role... roles) {
        var made =
                accounts.tokens()
                        .add(
                                Caller.system(),
                                new NewToken(
                                        Arrays.toString(roles) + Ids.next(),
                                        List.of(roles),
                                        Optional.empty()));
        return anonymous().withToken(made.secret());
    }

    public ApiClient anonymous() {
        return ApiClient.anonymous(http.port());
    }

    public int port() {
        return http.port();
    }

    public Database database() {
        return database;
    }

    public Events events() {
        return events;
    }

    public EventStore eventStore() {
        return eventStore;
    }

    public Audit audit() {
        return audit;
    }

    public AuditStore auditStore() {
        return auditStore;
    }

    public Accounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        http.close();
        database.close();
    }
}
