package org.omtpdm.server;

import java.time.Clock;
import java.util.Map;
import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.api.Method;
import org.omtpdm.server.api.Promises;
import org.omtpdm.server.api.RequestMeter;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.accounts.SessionConfig;
import org.omtpdm.server.security.credentials.Credentials;
import org.omtpdm.server.store.DataFolder;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;

/** The one place where the server is put together. */
public final class DmServer {

    private DmServer() {}

    /** Starts a server; when it returns, devices and operators are served. */
    public static RunningServer start(ServerConfig config) {
        var clock = Clock.systemUTC();
        var folder = DataFolder.open(config.data());
        var secrets = SecretBox.ofFile(folder.resolve("secret-key"));
        var database = Database.open(config.database(), clock);
        var events = new Events(new EventStore(database));
        var audit = new Audit(new AuditStore(database));
        var accounts =
                new Accounts(
                        database,
                        audit,
                        events,
                        clock,
                        SessionConfig.DEFAULT,
                        config.http().secureCookies());
        var credentials = new Credentials(database, audit, events, secrets);
        var router = new Router();
        router.anonymous(
                Method.GET,
                "/health",
                request -> Response.ok(Map.of("status", "ok", "parts", Map.of())));
        accounts.addTo(router);
        credentials.addTo(router);
        var http =
                HttpApi.open(
                        config.http(), router, accounts, new Promises(database), RequestMeter.NONE);
        return new RunningServer(http, accounts, credentials, database, folder);
    }
}
