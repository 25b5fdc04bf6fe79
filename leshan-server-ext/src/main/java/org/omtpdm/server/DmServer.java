package org.omtpdm.server;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.objects.ObjectModels;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.RunningServer.Services;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Promises;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.attention.AttentionRoutes;
import org.omtpdm.server.attention.AttentionRules;
import org.omtpdm.server.attention.AttentionService;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditRoutes;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.commands.CommandCounts;
import org.omtpdm.server.commands.CommandRoutes;
import org.omtpdm.server.commands.ReportedValues;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceFilter;
import org.omtpdm.server.devices.DeviceIntake;
import org.omtpdm.server.devices.DeviceRoutes;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.Intake;
import org.omtpdm.server.devices.KeyIssue;
import org.omtpdm.server.devices.Onboarding;
import org.omtpdm.server.devices.RefusedContacts;
import org.omtpdm.server.devices.RefusedRoutes;
import org.omtpdm.server.devices.WaitingCommands;
import org.omtpdm.server.events.EventRoutes;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.files.FileContents;
import org.omtpdm.server.files.FileDeletePerformer;
import org.omtpdm.server.files.FileFetchPerformer;
import org.omtpdm.server.files.FileListPerformer;
import org.omtpdm.server.files.FileRoutes;
import org.omtpdm.server.files.FileService;
import org.omtpdm.server.files.FileStatPerformer;
import org.omtpdm.server.inventory.CollectionPlanner;
import org.omtpdm.server.inventory.DeviceDetailRoutes;
import org.omtpdm.server.inventory.InventoryIntake;
import org.omtpdm.server.inventory.InventoryService;
import org.omtpdm.server.inventory.ModelRoutes;
import org.omtpdm.server.inventory.Observed;
import org.omtpdm.server.inventory.RefreshPerformer;
import org.omtpdm.server.inventory.RefreshRoutes;
import org.omtpdm.server.lwm2m.LeshanDeviceLink;
import org.omtpdm.server.lwm2m.ObjectCatalogue;
import org.omtpdm.server.metrics.Health;
import org.omtpdm.server.metrics.Metrics;
import org.omtpdm.server.overview.OverviewRoutes;
import org.omtpdm.server.processes.ProcessListPerformer;
import org.omtpdm.server.processes.ProcessRoutes;
import org.omtpdm.server.processes.ProcessService;
import org.omtpdm.server.processes.TerminatePerformer;
import org.omtpdm.server.reconcile.LaneNews;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.credentials.Credentials;
import org.omtpdm.server.security.credentials.NewCredential;
import org.omtpdm.server.store.DataFolder;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;

/** The one place where the server is put together. */
public final class DmServer {

    private static final int MANY_WRITES = 10_000;

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
        var auditStore = new AuditStore(database);
        var audit = new Audit(auditStore);
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
        var inventory = new InventoryService(database, devices, events, clock);
        news.subscribe(deviceIntake);
        var observed = new Observed();
        news.subscribe(new InventoryIntake(intake, devices, inventory, observed));
        housekeeping.every(Duration.ofSeconds(1), "news of devices", deviceIntake::flush);
        var link =
                closing.add(
                        LeshanDeviceLink.open(
                                config.lwm2m().withDtlsStateKey(secrets.derive("dtls-state")),
                                credentials,
                                news,
                                clock));
        credentials.onRevoked(link::dropSessions);
        var addresses = new Addresses(config.lwm2m().bindAddress(), link);
        var onboarding = new Onboarding(database, devices, keys(credentials), addresses::coaps);

        var directory = new ManagedDevices(devices, clock);
        var contents = new FileContents(database, secrets);
        var work =
                Work.wire(
                        new Work.Ground(
                                database,
                                events,
                                audit,
                                link,
                                directory,
                                new SelectedDevices(devices),
                                config.lane(),
                                clock),
                        List.of(
                                new RefreshPerformer(devices, inventory),
                                new ProcessListPerformer(database, events),
                                new TerminatePerformer(events),
                                new FileListPerformer(events),
                                new FileStatPerformer(),
                                new FileFetchPerformer(contents),
                                new FileDeletePerformer(events)),
                        List.of(
                                new CollectionPlanner(
                                        database, devices, inventory, link, observed, clock)),
                        closing);
        var laneNews =
                new LaneNews(
                        work.lane(), endpoint -> devices.findByEndpoint(endpoint).map(Device::id));
        events.subscribe(laneNews::happened);
        news.subscribe(laneNews);
        var processes =
                new ProcessService(
                        database,
                        directory,
                        work.commands(),
                        (device, path) -> reported(inventory, device, path));
        var files =
                new FileService(
                        directory,
                        work.commands(),
                        (device, path) -> reported(inventory, device, path),
                        contents,
                        audit);
        work.start();
        work.lane().wakeAll(devices.ids(DeviceFilter.ALL, DeviceScope.all()));

        var attention = new AttentionService(database, devices, events, audit, clock);
        var rules = new AttentionRules(database, devices, refused, eventStore, attention);
        housekeeping.every(Duration.ofSeconds(5), "attention rules", rules::advance);

        var promises = new Promises(database, secrets);
        housekeeping.every(Duration.ofHours(1), "old answers", promises::forgetOld);
        housekeeping.every(
                Duration.ofMinutes(10), "old events", () -> eventStore.forget(config.events()));

        var metrics = closing.add(new Metrics());
        metrics.gauge("omtpdm.registrations", "Valid registrations", link::registrations);
        metrics.gauge("omtpdm.lane.busy", "Devices worked on now", work.lane()::busyDevices);
        metrics.gauge("omtpdm.writes.waiting", "Writes waiting", database::waitingWrites);
        metrics.gauge("omtpdm.intake.waiting", "News of devices waiting", intake::waiting);
        metrics.gauge("omtpdm.intake.dropped", "News of devices dropped", intake::dropped);
        metrics.gauge("omtpdm.credentials", "Device credentials", credentials::size);
        var commandCounts = new CommandCounts(database);
        var counts =
                new SystemRoutes.Counts(
                        link::registrations,
                        () -> devices.count(DeviceFilter.ALL, DeviceScope.all()),
                        () -> commandCounts.open(DeviceScope.all()));

        WaitingCommands waiting = ids -> work.commands().openCounts(List.copyOf(ids));
        var catalogue = new ObjectCatalogue(ObjectModels.current());
        var router = new Router();
        new Health().part("database", () -> problemOf(database)).addTo(router);
        metrics.addTo(router);
        new SystemRoutes(config, clock, counts, addresses).addTo(router);
        accounts.addTo(router);
        credentials.addTo(router);
        new AuditRoutes(auditStore, ids -> namesOf(devices, ids)).addTo(router);
        new EventRoutes(eventStore, events, ids -> namesOf(devices, ids)).addTo(router);
        new DeviceRoutes(devices, onboarding, waiting, clock).addTo(router);
        new DeviceDetailRoutes(devices, inventory, catalogue, waiting, link::experience, clock)
                .addTo(router);
        new RefreshRoutes(work.commands()).addTo(router);
        new AttentionRoutes(attention).addTo(router);
        new OverviewRoutes(devices, refused, attention, commandCounts, work.jobs(), clock)
                .addTo(router);
        new ModelRoutes(catalogue).addTo(router);
        new CommandRoutes(work.commands(), work.jobs()).addTo(router);
        new ProcessRoutes(processes, work.commands()).addTo(router);
        new FileRoutes(files, work.commands()).addTo(router);
        new RefusedRoutes(refused).addTo(router);
        var http = closing.add(HttpApi.open(config.http(), router, accounts, promises, metrics));
        return new RunningServer(
                closing,
                http,
                link,
                new Services(database, events, accounts, credentials, devices, onboarding));
    }

    private static List<ReportedValues.Reported> reported(
            InventoryService inventory, String deviceId, ResourcePath path) {
        return inventory.values(deviceId, path).stream()
                .map(
                        known ->
                                new ReportedValues.Reported(
                                        known.path(),
                                        known.value(),
                                        known.at(),
                                        known.origin().toString()))
                .toList();
    }

    private static Map<String, String> namesOf(DeviceService devices, Collection<String> ids) {
        return devices.findAll(ids, DeviceScope.all()).stream()
                .collect(Collectors.toMap(Device::id, Device::name));
    }

    private static Optional<String> problemOf(Database database) {
        database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
        return database.waitingWrites() > MANY_WRITES
                ? Optional.of("many writes are waiting")
                : Optional.empty();
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
