package org.omtpdm.server;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.api.Method;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.store.Database;

/** The one place where the server is put together. */
public final class DmServer {

    private DmServer() {}

    /** Starts a server; when it returns, devices and operators are served. */
    public static RunningServer start(ServerConfig config) {
        var clock = Clock.systemUTC();
        var database = Database.open(config.database(), clock);
        var eventStore = new EventStore(database);
        var events = new Events(eventStore);
        var auditStore = new AuditStore(database);
        var audit = new Audit(auditStore);
        var router = new Router();
        router.anonymous(
                Method.GET,
                "/health",
                request -> Response.ok(Map.of("status", "ok", "parts", Map.of())));
        var http =
                HttpApi.open(config.http(), router, (bearer, cookie, address) -> Optional.empty());
        return new RunningServer(http, database);
    }
}
