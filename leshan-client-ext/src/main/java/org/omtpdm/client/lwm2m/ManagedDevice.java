package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.leshan.core.LwM2m.LwM2mVersion;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.client.DevicePorts;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.client.QueueMode;
import org.omtpdm.client.access.AccessControlObject;
import org.omtpdm.client.account.SecurityObject;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.account.ServerObject;
import org.omtpdm.client.device.ConnectivityObject;
import org.omtpdm.client.device.DeviceObject;
import org.omtpdm.client.device.StatisticsObject;
import org.omtpdm.client.file.FileObject;
import org.omtpdm.client.listing.PageSender;
import org.omtpdm.client.log.EventLogObject;
import org.omtpdm.client.object.Changes;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.client.process.ProcessObject;
import org.omtpdm.client.state.DataFolder;
import org.omtpdm.client.state.InMemoryStateStore;
import org.omtpdm.client.state.Journal;
import org.omtpdm.client.state.LineFile;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.LogClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device with all its objects, served to all its accounts. Everything of a device is put
 * together here. Thread-safe.
 */
public final class ManagedDevice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedDevice.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final long LOG_BYTES = 4096;
    private static final Duration LOOK_AT_FILES_EVERY = Duration.ofSeconds(60);

    /** What a device keeps. */
    public record Memory(StateStore state, Journal journal, EventLogObject.Lines logs) {
        /** Nothing outlives the process. */
        public static Memory none() {
            return new Memory(
                    new InMemoryStateStore(),
                    Journal.inMemory(),
                    instance -> LineFile.inMemory(LOG_BYTES));
        }

        /** In a data folder. */
        public static Memory in(DataFolder folder) {
            return new Memory(
                    folder.state(),
                    folder.journal(),
                    instance -> LineFile.open(folder.path().resolve("log-" + instance), LOG_BYTES));
        }
    }

    private record Common(
            AccessControlObject access, StateStore state, EventLogObject log, Link link) {}

    private record Account(ServerAccount account, AccountClient client, Registrar registrar) {}

    private final DeviceSettings settings;
    private final List<SharedObject> objects = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private final CompletableFuture<Void> registered = new CompletableFuture<>();
    private final List<ScheduledFuture<?>> looks = new ArrayList<>();
    private final DeviceThreads threads;
    private final PageSends pages = new PageSends();

    private ManagedDevice(DeviceSettings settings, DeviceThreads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * Starts a device; it registers with its servers by itself.
     *
     * @param models definitions by object id; may be shared between devices
     * @param threads may be shared between devices; not closed by this one
     */
    public static ManagedDevice start(
            DeviceSettings settings,
            DevicePorts ports,
            Memory memory,
            Map<Integer, ObjectModel> models,
            DeviceThreads threads,
            Clock clock)
            throws IOException {
        ManagedDevice device = new ManagedDevice(settings, threads);
        device.build(ports, memory, models, clock);
        device.accounts.forEach(account -> account.client.start());
        return device;
    }

    private void build(
            DevicePorts ports, Memory memory, Map<Integer, ObjectModel> models, Clock clock)
            throws IOException {
        Changes changes = new Changes(threads.protocol());
        DeviceContext bare =
                new DeviceContext(
                        models,
                        memory.state(),
                        memory.journal(),
                        changes,
                        threads.work(),
                        settings.constrained() ? PageSender.NONE : pages,
                        clock,
                        settings.constrained(),
                        (about, text) -> {});
        EventLogObject log = new EventLogObject(bare, memory.logs());
        DeviceContext context = bare.with(log);
        List<ServerAccount> servers = settings.servers();
        SecurityObject security = new SecurityObject(context, servers);
        ServerObject server = new ServerObject(context, servers, settings.queueMode().isPresent());
        AccessControlObject access = new AccessControlObject(context, servers);
        DeviceObject device = new DeviceObject(context, ports.facts(), ports.restart());
        ConnectivityObject connectivity = new ConnectivityObject(context, ports.facts());
        StatisticsObject statistics = new StatisticsObject(context, ports.facts());
        ProcessObject processes =
                new ProcessObject(context, ports.processes(), settings.protectedNames());
        FileObject files = new FileObject(context, ports.files());
        List<SharedObject> governed =
                List.of(server, device, connectivity, statistics, log, processes, files);
        access.complete(governed, servers);
        List<SharedObject> all = objects;
        all.addAll(governed);
        all.add(security);
        all.add(access);
        for (ServerAccount account : servers) {
            Account opened =
                    open(
                            account,
                            all,
                            server,
                            new Common(access, memory.state(), log, ports.link()),
                            clock);
            changes.addListener(opened.client.listener(opened.registrar));
            accounts.add(opened);
        }
        look(LOOK_EVERY, device::look, connectivity::look, statistics::look, processes::look);
        look(LOOK_AT_FILES_EVERY, files::look);
    }

    private Account open(
            ServerAccount account,
            List<SharedObject> objects,
            ServerObject servers,
            Common common,
            Clock clock) {
        Optional<SleepGate> gate =
                settings.queueMode().map(mode -> new SleepGate(mode.awake(), System::nanoTime));
        AccountView view =
                new AccountView(
                        new Requester(account.shortServerId()),
                        common.access,
                        common.state,
                        common.log,
                        threads.protocol());
        Registrar[] made = new Registrar[1];
        AccountEndpoint endpoint =
                new AccountEndpoint(account, threads, common.link, gate, () -> made[0].heard());
        Announcement announcement =
                new Announcement(
                        settings.endpoint(),
                        settings.constrained() ? LwM2mVersion.V1_0 : LwM2mVersion.V1_1,
                        settings.queueMode().isPresent(),
                        settings.rootLink(),
                        Formats.optional(settings.constrained()));
        AccountClient client =
                AccountClient.create(
                        new AccountClient.Parts(
                                account,
                                objects,
                                servers,
                                view,
                                threads,
                                endpoint,
                                announcement,
                                settings.constrained(),
                                (tree, endpoints, sender) ->
                                        made[0] =
                                                new Registrar(
                                                        account,
                                                        announcement,
                                                        tree,
                                                        endpoints,
                                                        sender,
                                                        threads.protocol(),
                                                        () -> servers.lifetime(account),
                                                        settings.queueMode()
                                                                .map(QueueMode::wakeEvery),
                                                        clock)));
        servers.attach(account.shortServerId(), made[0]);
        pages.add(account.shortServerId(), new PageSends.Way(client, made[0], servers));
        made[0].addListener(
                status -> {
                    common.log.record(
                            LogClass.SYSTEM,
                            "server "
                                    + account.shortServerId()
                                    + " "
                                    + status.state()
                                    + " "
                                    + status.reason());
                    if (status.isRegistered()) {
                        registered.complete(null);
                    }
                });
        return new Account(account, client, made[0]);
    }

    /** Everything the device notices by itself, it notices by looking now and then. */
    private void look(Duration every, Runnable... looking) {
        looks.add(
                threads.protocol()
                        .scheduleWithFixedDelay(
                                () -> {
                                    for (Runnable one : looking) {
                                        try {
                                            one.run();
                                        } catch (RuntimeException e) {
                                            LOG.warn(
                                                    "{}: looking for changes failed",
                                                    settings.endpoint(),
                                                    e);
                                        }
                                    }
                                },
                                every.toMillis(),
                                every.toMillis(),
                                TimeUnit.MILLISECONDS));
    }

    public String endpoint() {
        return settings.endpoint();
    }

    /** Done when one of the servers has taken the first registration. */
    public CompletableFuture<Void> registered() {
        return registered;
    }

    /** How each account stands, in the order of the settings. */
    public List<AccountStatus> status() {
        return accounts.stream().map(account -> account.registrar.status()).toList();
    }

    /** Calls a listener whenever an account stands otherwise; on the device's threads. */
    public void onStatus(Consumer<AccountStatus> listener) {
        accounts.forEach(account -> account.registrar.addListener(listener));
    }

    /** Sends an Update to all servers now. */
    public void update() {
        accounts.forEach(account -> account.registrar.update());
    }

    /** Takes leave of all servers and stops. */
    @Override
    public void close() {
        stop(true);
    }

    /** Stops without a word, as when the power fails; the servers still think it is there. */
    public void vanish() {
        stop(false);
    }

    private void stop(boolean deregister) {
        objects.forEach(SharedObject::stop);
        looks.forEach(look -> look.cancel(false));
        accounts.forEach(account -> account.client.destroy(deregister));
    }
}
