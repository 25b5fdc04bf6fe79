package org.omtpdm.client.lwm2m;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.leshan.client.EndpointsManager;
import org.eclipse.leshan.client.request.UplinkRequestSender;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.client.servers.ServerInfo;
import org.eclipse.leshan.core.LwM2m.LwM2mVersion;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.SecurityMode;
import org.eclipse.leshan.core.peer.IpPeer;
import org.eclipse.leshan.core.request.DeregisterRequest;
import org.eclipse.leshan.core.request.RegisterRequest;
import org.eclipse.leshan.core.request.UpdateRequest;
import org.eclipse.leshan.core.request.UplinkRequest;
import org.eclipse.leshan.core.request.exception.TimeoutException;
import org.eclipse.leshan.core.response.LwM2mResponse;
import org.eclipse.leshan.core.response.RegisterResponse;
import org.eclipse.leshan.core.response.ResponseCallback;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.account.ServerObject;
import org.omtpdm.client.lwm2m.AccountStatus.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account registered: Register, Update in time, and again and again with growing pauses
 * when the server is silent or refuses. Waits on no thread. Thread-safe.
 *
 * <p>A request without answer is given up after ten seconds; the next one begins with a new
 * handshake, since the server may have been restarted. A refusal with 4.00 is answered with a
 * simpler root link, one with 4.12 with LwM2M 1.0.
 */
final class Registrar extends UpdatingEngine implements ServerObject.Registration {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FIRST_AFTER_SILENCE = Duration.ofSeconds(1);
    private static final Duration MOST_AFTER_SILENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_AFTER_REFUSAL = Duration.ofSeconds(10);
    private static final Duration MOST_AFTER_REFUSAL = Duration.ofMinutes(10);
    private static final int ATTEMPTS_PER_SOCKET = 3;

    private final ServerAccount account;
    private final LwM2mObjectTree tree;
    private final EndpointsManager endpoints;
    private final UplinkRequestSender sender;
    private final ScheduledExecutorService executor;
    private final Supplier<Duration> lifetime;
    private final Optional<Duration> wakeEvery;
    private final Clock clock;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final List<Consumer<AccountStatus>> listeners = new CopyOnWriteArrayList<>();

    private Announcement announcement;
    private AccountStatus status = AccountStatus.of(State.STOPPED);
    private Optional<LwM2mServer> server = Optional.empty();
    private Optional<String> registrationId = Optional.empty();
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private boolean isStarted;
    private boolean isWaiting;
    private boolean objectsChanged;
    private boolean lifetimeChanged;
    private int failures;

    /** Counts what was begun, so that an answer that comes too late is recognised. */
    private long round;

    /**
     * @param wakeEvery in queue mode, how often the device wakes up and sends an Update at least
     */
    Registrar(
            ServerAccount account,
            Announcement announcement,
            LwM2mObjectTree tree,
            EndpointsManager endpoints,
            UplinkRequestSender sender,
            ScheduledExecutorService executor,
            Supplier<Duration> lifetime,
            Optional<Duration> wakeEvery,
            Clock clock) {
        this.account = account;
        this.announcement = announcement;
        this.tree = tree;
        this.endpoints = endpoints;
        this.sender = sender;
        this.executor = executor;
        this.lifetime = lifetime;
        this.wakeEvery = wakeEvery;
        this.clock = clock;
    }

    void addListener(Consumer<AccountStatus> listener) {
        listeners.add(listener);
    }

    synchronized AccountStatus status() {
        return status;
    }

    synchronized Optional<LwM2mServer> server() {
        return server;
    }

    /** Send is part of LwM2M 1.1. */
    synchronized boolean mayUseSend() {
        return registrationId.isPresent() && !announcement.version().equals(LwM2mVersion.V1_0);
    }

    private void become(AccountStatus now) {
        if (!now.equals(status)) {
            status = now;
            LOG.info(
                    "{}: {} at {} {}",
                    announcement.endpoint(),
                    now.state(),
                    account.uri(),
                    now.reason().isEmpty()
                            ? ""
                            : "(" + now.reason() + ", next attempt " + now.nextAttempt() + ")");
            execute(() -> listeners.forEach(listener -> listener.accept(now)));
        }
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Not told, the agent is stopping");
        }
    }

    // ---- starting and stopping

    @Override
    public synchronized void start() {
        if (!isStarted) {
            isStarted = true;
            openSocket();
            register();
        }
    }

    private void openSocket() {
        ServerInfo info = new ServerInfo();
        info.serverId = account.shortServerId();
        info.serverUri = account.uri();
        info.secureMode = account.isSecure() ? SecurityMode.PSK : SecurityMode.NO_SEC;
        account.psk()
                .ifPresent(
                        psk -> {
                            info.pskId = psk.identity();
                            info.pskKey = psk.key();
                        });
        server = Optional.of(endpoints.createEndpoint(info, announcement.isQueueMode()));
        failures = 0;
    }

    @Override
    public void stop(boolean deregister) {
        Optional<String> id;
        Optional<LwM2mServer> peer;
        synchronized (this) {
            if (!isStarted) {
                return;
            }
            isStarted = false;
            cancelNext();
            round++;
            id = registrationId;
            peer = server;
            registrationId = Optional.empty();
            become(AccountStatus.of(State.STOPPED));
        }
        if (deregister && id.isPresent() && peer.isPresent()) {
            sayFarewell(peer.get(), id.get());
        }
    }

    private void sayFarewell(LwM2mServer peer, String id) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        sender.send(
                peer,
                new DeregisterRequest(id),
                FAREWELL_TIMEOUT.toMillis(),
                response -> answered.complete(null),
                error -> answered.complete(null));
        try {
            answered.get(FAREWELL_TIMEOUT.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            LOG.debug("{}: deregistration not answered", announcement.endpoint());
        }
    }

    // ---- register and update

    private void register() {
        RegisterRequest request =
                announcement.register(tree.getObjectEnablers().values(), lifetime.get());
        long mine = ++round;
        objectsChanged = false;
        lifetimeChanged = false;
        become(AccountStatus.of(State.REGISTERING));
        transmit(mine, request, response -> registerAnswered(mine, response));
    }

    /** Whatever keeps a request from being sent is treated like a server that doesn't answer. */
    private <T extends LwM2mResponse> void transmit(
            long mine, UplinkRequest<T> request, ResponseCallback<T> answered) {
        LwM2mServer peer = server.orElseThrow();
        if (((IpPeer) peer.getTransportData()).getSocketAddress().isUnresolved()) {
            // the name is looked up again with the next socket
            failures = ATTEMPTS_PER_SOCKET;
            unanswered(mine, new IllegalStateException("the server's name is not known"));
            return;
        }
        try {
            sender.send(
                    peer,
                    request,
                    ANSWER_TIMEOUT.toMillis(),
                    answered,
                    error -> unanswered(mine, error));
        } catch (RuntimeException e) {
            LOG.debug("{}: cannot send", announcement.endpoint(), e);
            unanswered(mine, e);
        }
    }

    private synchronized void registerAnswered(long mine, RegisterResponse response) {
        if (mine != round) {
            return;
        }
        if (response.isSuccess()) {
            registrationId = Optional.of(response.getRegistrationID());
            registered();
        } else if (response.getCode() == ResponseCode.BAD_REQUEST
                && announcement.rootLink().simpler().isPresent()) {
            announcement = announcement.with(announcement.rootLink().simpler().get());
            LOG.info(
                    "{}: refused with 4.00, tries root link {}",
                    announcement.endpoint(),
                    announcement.rootLink());
            register();
        } else if (isVersionRefused(response)
                && !announcement.version().equals(LwM2mVersion.V1_0)) {
            announcement = announcement.with(LwM2mVersion.V1_0);
            LOG.info("{}: refused with 4.12, tries LwM2M 1.0", announcement.endpoint());
            register();
        } else {
            refused(response);
        }
    }

    private static boolean isVersionRefused(LwM2mResponse response) {
        return response.getCode() == ResponseCode.PRECONDITION_FAILED;
    }

    private void registered() {
        backoff.reset();
        failures = 0;
        become(AccountStatus.of(State.REGISTERED));
        if (objectsChanged || lifetimeChanged) {
            update();
        } else {
            schedule(untilUpdate(), this::update);
        }
    }

    /** Early enough for some attempts before the registration dies. */
    private Duration untilUpdate() {
        Duration whole = lifetime.get();
        Duration early = whole.minusSeconds(60);
        Duration half = whole.dividedBy(2);
        Duration inTime = early.compareTo(half) > 0 ? early : half;
        return wakeEvery.filter(interval -> interval.compareTo(inTime) < 0).orElse(inTime);
    }

    private void refused(LwM2mResponse response) {
        registrationId = Optional.empty();
        Duration wait = backoff.next(FIRST_AFTER_REFUSAL, MOST_AFTER_REFUSAL);
        String words = response.getErrorMessage() == null ? "" : " " + response.getErrorMessage();
        become(
                new AccountStatus(
                        State.REFUSED,
                        response.getCode() + words,
                        Optional.of(clock.instant().plus(wait))));
        schedule(wait, this::register);
    }

    @Override
    public synchronized void update() {
        if (!isStarted || registrationId.isEmpty()) {
            return;
        }
        cancelNext();
        long mine = ++round;
        UpdateRequest request =
                new UpdateRequest(
                        registrationId.get(),
                        lifetimeChanged ? lifetime.get().getSeconds() : null,
                        null,
                        null,
                        objectsChanged
                                ? announcement.links(tree.getObjectEnablers().values())
                                : null,
                        null);
        objectsChanged = false;
        lifetimeChanged = false;
        transmit(mine, request, response -> updateAnswered(mine, response));
    }

    private synchronized void updateAnswered(long mine, LwM2mResponse response) {
        if (mine != round) {
            return;
        }
        if (response.isSuccess()) {
            registered();
        } else {
            // the server has forgotten the registration, or doesn't like it any more: a new one
            // tells
            LOG.info("{}: update refused with {}", announcement.endpoint(), response.getCode());
            registrationId = Optional.empty();
            register();
        }
    }

    private synchronized void unanswered(long mine, Exception error) {
        if (mine != round || !isStarted) {
            return;
        }
        failures++;
        objectsChanged = true;
        lifetimeChanged = true;
        Duration wait = backoff.next(FIRST_AFTER_SILENCE, MOST_AFTER_SILENCE);
        String reason =
                error instanceof TimeoutException
                        ? "no answer"
                        : String.valueOf(error.getMessage());
        become(new AccountStatus(State.SILENT, reason, Optional.of(clock.instant().plus(wait))));
        isWaiting = true;
        schedule(wait, this::tryAgain);
    }

    /**
     * With a new handshake; now and then with a new socket too, and the server's name looked up
     * again.
     */
    private void tryAgain() {
        isWaiting = false;
        if (failures >= ATTEMPTS_PER_SOCKET) {
            openSocket();
        } else {
            server.ifPresent(peer -> endpoints.forceReconnection(peer, false));
        }
        if (registrationId.isPresent()) {
            update();
        } else {
            register();
        }
    }

    /**
     * The server has called: where we wait because it was silent, there is no need to wait any
     * longer.
     */
    synchronized void heard() {
        if (isWaiting && status.state() == State.SILENT) {
            isWaiting = false;
            schedule(
                    Duration.ZERO,
                    () -> {
                        if (registrationId.isPresent()) {
                            update();
                        } else {
                            register();
                        }
                    });
        }
    }

    private void schedule(Duration wait, Runnable task) {
        cancelNext();
        long mine = round;
        try {
            next =
                    Optional.of(
                            executor.schedule(
                                    () -> {
                                        synchronized (this) {
                                            if (isStarted && mine == round) {
                                                task.run();
                                            }
                                        }
                                    },
                                    wait.toMillis(),
                                    TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: nothing scheduled, the agent is stopping", announcement.endpoint());
        }
    }

    private void cancelNext() {
        next.ifPresent(future -> future.cancel(false));
        next = Optional.empty();
        isWaiting = false;
    }

    // ---- what makes the registration change

    /** Instances came or went: told with an Update. */
    synchronized void objectsChanged() {
        objectsChanged = true;
        updateSoon();
    }

    @Override
    public synchronized void lifetimeChanged() {
        lifetimeChanged = true;
        updateSoon();
    }

    private void updateSoon() {
        if (status.state() == State.REGISTERED) {
            schedule(Duration.ofMillis(50), this::update);
        }
    }

    @Override
    public synchronized void disable(Duration time) {
        if (!isStarted) {
            return;
        }
        // the answer to the request goes out first
        schedule(
                Duration.ofMillis(200),
                () -> {
                    Optional<String> id = registrationId;
                    registrationId = Optional.empty();
                    round++;
                    id.ifPresent(
                            known ->
                                    sender.send(
                                            server.orElseThrow(),
                                            new DeregisterRequest(known),
                                            FAREWELL_TIMEOUT.toMillis(),
                                            response -> {},
                                            error -> {}));
                    Instant until = clock.instant().plus(time);
                    become(
                            new AccountStatus(
                                    State.DISABLED, "disabled by the server", Optional.of(until)));
                    schedule(time, this::register);
                });
    }

    // ---- what Leshan asks

    @Override
    public synchronized String getRegistrationId(LwM2mServer peer) {
        return registrationId.orElse(null);
    }

    @Override
    public synchronized Map<String, LwM2mServer> getRegisteredServers() {
        return registrationId.isPresent()
                ? Map.of(registrationId.get(), server.orElseThrow())
                : Map.of();
    }

    @Override
    public synchronized LwM2mServer getRegisteredServer(long serverId) {
        return server.orElse(null);
    }

    /** Who has the key may ask, also while a registration is on its way. */
    @Override
    public synchronized boolean isAllowedToCommunicate(LwM2mServer peer) {
        return isStarted && server.isPresent() && server.get().equals(peer);
    }

    @Override
    public String getEndpoint() {
        return announcement.endpoint();
    }
}
