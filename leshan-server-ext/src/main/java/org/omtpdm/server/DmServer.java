package org.omtpdm.server;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.RunningServer.Services;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Method;
import org.omtpdm.server.api.Promises;
import org.omtpdm.server.api.RequestMeter;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.devices.DeviceIntake;
import org.omtpdm.server.devices.DeviceRoutes;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.Intake;
import org.omtpdm.server.devices.KeyIssue;
import org.omtpdm.server.devices.Onboarding;
import org.omtpdm.server.devices.RefusedContacts;
import org.omtpdm.server.devices.RefusedRoutes;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.lwm2m.LeshanDeviceLink;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.credentials.Credentials;
import org.omtpdm.server.security.credentials.NewCredential;
import org.omtpdm.server.store.DataFolder;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;

/** The one place where the server is put together. */
public final class DmServer {

    private DmServer() {}

    /**
     * Starts a server; when it returns, devices and operators are served.
     *
     * @throws org.omtpdm.server.store.DatabaseException when the data folder or the database can't
     *     be used; then nothing stays open
     */
    public static RunningServer start(ServerConfig config) {
        var closing = new Closing();
        try {
            return start(config, Clock.systemUTC(), closing);
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    private static RunningServer start(ServerConfig config, Clock clock, Closing closing) {
        var folder = closing.add(DataFolder.open(config.data()));
        var secrets =
                config.secretKey()
                        .map(SecretBox::ofHex)
                        .orElseGet(() -> SecretBox.ofFile(folder.resolve("secret-key")));
        var database = closing.add(Database.open(config.database(), clock));
        var eventStore = new EventStore(database);
        var events = new Events(eventStore);
        var audit = new Audit(new AuditStore(database));
        var accounts =
                new Accounts(
                        database,
                        audit,
                        events,
                        clock,
                        config.sessions(),
                        config.http().secureCookies());
        var credentials = new Credentials(database, audit, events, secrets);
        var housekeeping = closing.add(new Housekeeping());

        var devices = new DeviceService(database, events, audit, clock);
        var intake = new Intake(database);
        var refused = new RefusedContacts(database, intake, credentials, events, audit);
        var deviceIntake = new DeviceIntake(intake, events, refused);
        var news = new DeviceNews();
        news.subscribe(deviceIntake);
        housekeeping.every(Duration.ofSeconds(1), "news of devices", deviceIntake::flush);
        var link =
                closing.add(
                        LeshanDeviceLink.open(
                                config.lwm2m().withDtlsStateKey(secrets.derive("dtls-state")),
                                credentials,
                                news,
                                clock));
        var address = config.lwm2m().bindAddress().getHostAddress();
        var onboarding =
                new Onboarding(
                        database,
                        devices,
                        keys(credentials),
                        () -> "coaps://" + address + ":" + link.coapsPort());

        var promises = new Promises(database);
        housekeeping.every(Duration.ofHours(1), "old answers", promises::forgetOld);
        housekeeping.every(
                Duration.ofMinutes(10), "old events", () -> eventStore.forget(config.events()));

        var router = new Router();
        router.anonymous(
                Method.GET,
                "/health",
                request -> Response.ok(Map.of("status", "ok", "parts", Map.of())));
        accounts.addTo(router);
        credentials.addTo(router);
        new DeviceRoutes(devices, onboarding, ids -> Map.of(), clock).addTo(router);
        new RefusedRoutes(refused).addTo(router);
        var http =
                closing.add(
                        HttpApi.open(config.http(), router, accounts, promises, RequestMeter.NONE));
        return new RunningServer(
                closing,
                http,
                link,
                new Services(database, events, accounts, credentials, devices, onboarding));
    }

    private static KeyIssue keys(Credentials credentials) {
        return (tx, caller, endpoint, identity, keyInHex) -> {
            var set = credentials.set(tx, caller, wanted(endpoint, identity, keyInHex));
            return new KeyIssue.IssuedKey(set.credential().identity(), set.madeKey());
        };
    }

    private static NewCredential wanted(
            String endpoint, Optional<String> identity, Optional<String> keyInHex) {
        try {
            return new NewCredential(endpoint, identity, keyInHex);
        } catch (IllegalArgumentException e) {
            throw new ManagementException(ErrorCode.BAD_REQUEST, e.getMessage());
        }
    }
}
