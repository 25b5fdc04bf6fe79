package org.omtpdm.client.virtual;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.client.DevicePorts;
import org.omtpdm.client.DeviceSettings;
import org.omtpdm.client.QueueMode;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.lwm2m.AccountStatus;
import org.omtpdm.client.lwm2m.DeviceThreads;
import org.omtpdm.client.lwm2m.Link;
import org.omtpdm.client.lwm2m.ManagedDevice;
import org.omtpdm.client.state.DataFolder;

/** One virtual device: the agent's objects on a scripted world. Thread-safe. */
public final class VirtualDevice implements AutoCloseable {

    private static final long REBOOT_TAKES_MILLIS = 2000;

    private final Scenario.Member member;
    private final DeviceSettings settings;
    private final VirtualWorld world;
    private final Optional<DataFolder> folder;
    private final ManagedDevice.Memory memory;
    private final Map<Integer, ObjectModel> models;
    private final DeviceThreads threads;
    private final Clock clock;
    private final Link link;
    private final CompletableFuture<Void> registered = new CompletableFuture<>();
    private Optional<ManagedDevice> running = Optional.empty();
    private boolean isClosed;

    VirtualDevice(
            Scenario scenario,
            Scenario.Member member,
            ServerAccount account,
            Optional<DataFolder> folder,
            Map<Integer, ObjectModel> models,
            DeviceThreads threads,
            Clock clock) {
        this.member = member;
        this.settings = settings(scenario, member, account);
        this.world = new VirtualWorld(member, clock);
        this.folder = folder;
        this.memory = folder.map(ManagedDevice.Memory::in).orElseGet(ManagedDevice.Memory::none);
        this.models = models;
        this.threads = threads;
        this.clock = clock;
        this.link =
                member.personality() == Personality.FLAKY
                        ? new FlakyLink(member.seed(), System::nanoTime)
                        : Link.PERFECT;
    }

    private static DeviceSettings settings(
            Scenario scenario, Scenario.Member member, ServerAccount account) {
        DeviceSettings settings = DeviceSettings.of(member.endpoint(), account);
        if (member.personality() == Personality.ASLEEP) {
            settings =
                    settings.withQueueMode(new QueueMode(scenario.wakeEvery(), scenario.awake()));
        }
        return scenario.constrained() ? settings.asConstrained() : settings;
    }

    synchronized void start() throws IOException {
        if (isClosed || running.isPresent()) {
            return;
        }
        DevicePorts ports =
                new DevicePorts(
                        world.facts(), world.processes(), world.files(), this::reboot, link);
        ManagedDevice device = ManagedDevice.start(settings, ports, memory, models, threads, clock);
        device.registered().thenAccept(registered::complete);
        running = Optional.of(device);
    }

    /**
     * Goes off without a word, and comes back some seconds later with all its processes started
     * anew.
     */
    public void reboot() {
        threads.protocol()
                .schedule(() -> threads.work().execute(this::goOff), 500, TimeUnit.MILLISECONDS);
    }

    private synchronized void goOff() {
        running.ifPresent(ManagedDevice::vanish);
        running = Optional.empty();
        try {
            threads.protocol()
                    .schedule(
                            () -> threads.work().execute(this::comeBack),
                            REBOOT_TAKES_MILLIS,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the whole fleet is being stopped
            isClosed = true;
        }
    }

    private synchronized void comeBack() {
        if (isClosed) {
            return;
        }
        world.boot(clock.instant());
        try {
            start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Start " + endpoint() + " again", e);
        }
    }

    public String endpoint() {
        return member.endpoint();
    }

    public DeviceKind kind() {
        return member.kind();
    }

    public Personality personality() {
        return member.personality();
    }

    /** What runs and lies on it, to look at and to change behind the server's back. */
    public VirtualWorld world() {
        return world;
    }

    /** Done when the server has taken its first registration. */
    public CompletableFuture<Void> registered() {
        return registered;
    }

    /** How it stands with its server. */
    public synchronized AccountStatus status() {
        return running.map(device -> device.status().get(0)).orElseGet(AccountStatus::stopped);
    }

    /** The effects it has begun, oldest first; see the agent's journal. */
    public List<String> journal() {
        return memory.journal().lines();
    }

    /** Stops without a word. */
    public synchronized void vanish() {
        isClosed = true;
        running.ifPresent(ManagedDevice::vanish);
        running = Optional.empty();
        closeFolder();
    }

    /** Takes leave of the server and stops. */
    @Override
    public synchronized void close() {
        isClosed = true;
        running.ifPresent(ManagedDevice::close);
        running = Optional.empty();
        closeFolder();
    }

    private void closeFolder() {
        folder.ifPresent(
                open -> {
                    try {
                        open.close();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(
                                "Close the data folder of " + endpoint(), e);
                    }
                });
    }
}
