package org.omtpdm.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.linux.DigestCache;
import org.omtpdm.client.linux.LinuxFiles;
import org.omtpdm.client.linux.LinuxProcessTable;
import org.omtpdm.client.linux.LinuxSystemFacts;
import org.omtpdm.client.linux.Sandbox;
import org.omtpdm.client.lwm2m.AccountStatus;
import org.omtpdm.client.lwm2m.DeviceThreads;
import org.omtpdm.client.lwm2m.Link;
import org.omtpdm.client.lwm2m.ManagedDevice;
import org.omtpdm.client.state.DataFolder;
import org.omtpdm.objects.ObjectModels;
import org.omtpdm.objects.RootRight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management agent of this machine: its real processes, files and facts as LwM2M objects.
 * Thread-safe.
 */
public final class Agent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final String VERSION =
            Optional.ofNullable(Agent.class.getPackage().getImplementationVersion())
                    .orElse("development");
    private static final long RESTART_AFTER_MILLIS = 1000;

    private final AgentConfig config;
    private final DataFolder folder;
    private final DeviceThreads threads;
    private final Optional<Sandbox> sandbox;
    private final List<FileRoot> roots;
    private final Map<Integer, ObjectModel> models;
    private ManagedDevice device;
    private boolean isClosed;

    private Agent(AgentConfig config, DataFolder folder, Optional<Sandbox> sandbox) {
        this.config = config;
        this.folder = folder;
        this.sandbox = sandbox;
        this.threads = DeviceThreads.create("agent", 2, 8);
        this.roots = roots(config, sandbox);
        this.models =
                ObjectModels.current().stream()
                        .collect(Collectors.toMap(model -> model.id, Function.identity()));
    }

    /**
     * Starts an agent. It returns at once; registration goes on by itself, whatever happens to the
     * server.
     *
     * @throws IOException when the data folder can't be used (in use by another agent, damaged, no
     *     right) or a root isn't a folder; nothing is left running
     */
    public static Agent start(AgentConfig config) throws IOException {
        DataFolder folder = DataFolder.open(config.data());
        try {
            Optional<Sandbox> sandbox =
                    config.sandbox()
                            ? Optional.of(
                                    Sandbox.open(config.data().resolve("sandbox"), folder.state()))
                            : Optional.empty();
            Agent agent = new Agent(config, folder, sandbox);
            agent.startDevice();
            return agent;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static List<FileRoot> roots(AgentConfig config, Optional<Sandbox> sandbox) {
        List<FileRoot> roots = new ArrayList<>();
        sandbox.ifPresent(
                box ->
                        roots.add(
                                new FileRoot(
                                        "sandbox",
                                        box.files(),
                                        Set.of(
                                                RootRight.LIST,
                                                RootRight.READ,
                                                RootRight.WRITE,
                                                RootRight.DELETE))));
        roots.addAll(config.roots());
        return roots;
    }

    private synchronized void startDevice() throws IOException {
        for (FileRoot root : roots) {
            if (!Files.isDirectory(root.folder())) {
                throw new IOException(
                        "Show root '" + root.label() + "': " + root.folder() + " is not a folder");
            }
        }
        DigestCache digests = new DigestCache();
        DevicePorts ports =
                new DevicePorts(
                        new LinuxSystemFacts(config.data(), VERSION),
                        new LinuxProcessTable(folder.state(), sandbox, digests),
                        new LinuxFiles(roots, digests, List.of(config.data())),
                        this::restart,
                        Link.PERFECT);
        device =
                ManagedDevice.start(
                        config.device(),
                        ports,
                        ManagedDevice.Memory.in(folder),
                        models,
                        threads,
                        Clock.systemDefaultZone());
    }

    /**
     * What a Reboot does here: the agent goes and comes back; the machine itself is left running.
     */
    private void restart() {
        threads.protocol()
                .schedule(
                        () -> threads.workers().execute(this::restartNow),
                        RESTART_AFTER_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private synchronized void restartNow() {
        if (isClosed) {
            return;
        }
        LOG.info("{}: restarts, as its server wants", config.device().endpoint());
        device.vanish();
        try {
            startDevice();
        } catch (IOException e) {
            LOG.error("{}: cannot start again", config.device().endpoint(), e);
        }
    }

    public String endpoint() {
        return config.device().endpoint();
    }

    /** Done when one of the servers has taken the first registration. */
    public synchronized CompletableFuture<Void> registered() {
        return device.registered();
    }

    /** How each account stands, in the order of the configuration. */
    public synchronized List<AccountStatus> status() {
        return device.status();
    }

    /** Script that starts a program which servers may end; with a sandbox only. */
    public Optional<Path> sandboxScript() {
        return sandbox.map(Sandbox::run);
    }

    /** Folder of the files that servers may see and delete; with a sandbox only. */
    public Optional<Path> sandboxFiles() {
        return sandbox.map(Sandbox::files);
    }

    /** Takes leave of the servers, stops, and frees the data folder. */
    @Override
    public synchronized void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            device.close();
            threads.close();
            folder.close();
        }
    }
}
