package org.omtpdm.server.lwm2m.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.omtpdm.objects.ResourcePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All valid registrations and their observations: in memory, and in a {@link Journal} so that none
 * is lost. What devices are told was accepted is on disk before they are told; only the time of the
 * last Update, last heard, address and manners may be a second old after a crash. Thread-safe.
 *
 * <p>The order of changes in the journal is the order in memory: both happen under one lock, held
 * for microseconds. An Update that changes nothing takes no lock.
 */
public final class Registry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
    private static final int INTERNED_AT_MOST = 20_000;
    private static final int INTERNED_SIZE_AT_MOST = 1024;

    private final ConcurrentHashMap<String, Registration> byEndpoint = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Registration> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetSocketAddress, Registration> unsecuredByAddress =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Observed> byToken = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Announcement, Announcement> interned =
            new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Registration> dirty = new ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Journal journal;
    private final ExpiryWheel wheel;
    private final Object lock = new Object();

    private Registry(Path folder, RegistryConfig config, Clock clock) throws IOException {
        this.clock = clock;
        long now = clock.millis();
        this.journal =
                new Journal(
                        folder,
                        config.compactAbove(),
                        this::replay,
                        this::state,
                        this::appendTouches);
        long grace = byEndpoint.isEmpty() ? 0 : now + config.graceAfterStart().toMillis();
        this.wheel = new ExpiryWheel(now, grace);
        byEndpoint.values().forEach(wheel::add);
    }

    /**
     * @param compactAbove bytes of journal above which it may be compacted
     * @param graceAfterStart nothing expires earlier than this after a start with registrations
     */
    public record RegistryConfig(long compactAbove, Duration graceAfterStart) {
        public static RegistryConfig defaults() {
            return new RegistryConfig(64 << 20, Duration.ofSeconds(60));
        }
    }

    /**
     * @throws IOException when the folder can't be read or written, or is from a newer server
     */
    public static Registry open(Path folder, RegistryConfig config, Clock clock)
            throws IOException {
        return new Registry(folder, config, clock);
    }

    // ---- looking up

    public Optional<Registration> byEndpoint(String endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    public Optional<Registration> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Registrations without DTLS only: with DTLS the identity counts, not the address. */
    public Optional<Registration> unsecuredAt(InetSocketAddress address) {
        return Optional.ofNullable(unsecuredByAddress.get(address));
    }

    public Collection<Registration> all() {
        return Collections.unmodifiableCollection(byEndpoint.values());
    }

    public int size() {
        return byEndpoint.size();
    }

    /** False when the disk refuses: nothing new may be accepted then. */
    public boolean isHealthy() {
        return journal.isHealthy();
    }

    // ---- registrations

    /** What became of a Register. */
    public record Registered(
            Registration registration,
            Optional<Registration> replaced,
            CompletableFuture<Void> committed) {}

    /**
     * @param identity DTLS identity, empty without DTLS
     */
    public Registered register(
            String endpoint,
            Optional<String> identity,
            InetSocketAddress address,
            long lifetimeSeconds,
            Announcement announcement) {
        synchronized (lock) {
            var registration =
                    new Registration(
                            endpoint,
                            identity.orElse(null),
                            newId(),
                            clock.millis(),
                            Peer.pack(address),
                            lifetimeSeconds,
                            intern(announcement));
            var replaced = Optional.ofNullable(byEndpoint.get(endpoint));
            replaced.ifPresent(
                    before -> {
                        if (sameKind(before.announcement(), announcement)) {
                            registration.mannersFromTo(0, before.manners());
                        }
                    });
            place(registration);
            wheel.add(registration);
            return new Registered(
                    registration, replaced, journal.append(RecordCodec.put(registration)));
        }
    }

    /** The same software, as far as its announcement tells: what was learnt stays true. */
    private static boolean sameKind(Announcement before, Announcement after) {
        return before.lwm2mVersion().equals(after.lwm2mVersion())
                && before.formats() == after.formats();
    }

    private long newId() {
        long id = random.nextLong();
        while (byId.containsKey(id)) {
            id = random.nextLong();
        }
        return id;
    }

    private void place(Registration registration) {
        var before = byEndpoint.put(registration.endpoint(), registration);
        if (before != null) {
            unplace(before);
        }
        byId.put(registration.id(), registration);
        if (!registration.isSecured()) {
            unsecuredByAddress.put(registration.address(), registration);
        }
    }

    private void unplace(Registration registration) {
        registration.end();
        byEndpoint.remove(registration.endpoint(), registration);
        byId.remove(registration.id());
        if (!registration.isSecured()) {
            unsecuredByAddress.remove(registration.address(), registration);
        }
        registration.observed().forEach(observed -> byToken.remove(observed.token()));
        if (wheel != null) {
            wheel.remove(registration);
        }
    }

    /**
     * An Update that changes something.
     *
     * @return completes when it is on disk
     */
    public CompletableFuture<Void> update(
            Registration registration,
            InetSocketAddress address,
            long lifetimeSeconds,
            Announcement announcement) {
        synchronized (lock) {
            if (!registration.isValid()) {
                return CompletableFuture.completedFuture(null);
            }
            move(registration, address);
            registration.liveFor(lifetimeSeconds);
            registration.announce(intern(announcement));
            registration.updatedAt(clock.millis());
            wheel.add(registration);
            return journal.append(RecordCodec.put(registration));
        }
    }

    /** What a Discover told beyond the registration; written soon. */
    public void learnObjects(Registration registration, Announcement announcement) {
        synchronized (lock) {
            if (registration.isValid() && !registration.announcement().equals(announcement)) {
                registration.announce(intern(announcement));
                journal.appendLater(RecordCodec.put(registration));
            }
        }
    }

    /** An Update that changes nothing: in memory now, on disk within a second. */
    public void refresh(Registration registration) {
        registration.updatedAt(clock.millis());
        touch(registration);
    }

    /** Any message from the device, by the way it came. */
    public void heard(Registration registration, InetSocketAddress address) {
        registration.heardAt(clock.millis());
        if (!Peer.is(registration.peer(), address)) {
            synchronized (lock) {
                move(registration, address);
            }
        }
        touch(registration);
    }

    private void move(Registration registration, InetSocketAddress address) {
        var before = registration.address();
        if (registration.moveTo(address) && !registration.isSecured()) {
            unsecuredByAddress.remove(before, registration);
            unsecuredByAddress.put(address, registration);
        }
    }

    /** Changes what was learnt about a device. */
    public void learn(Registration registration, IntUnaryOperator change) {
        int before = registration.manners();
        int after = change.applyAsInt(before);
        while (!registration.mannersFromTo(before, after)) {
            before = registration.manners();
            after = change.applyAsInt(before);
        }
        if (before != after) {
            touch(registration);
        }
    }

    private void touch(Registration registration) {
        if (registration.markDirty()) {
            dirty.add(registration);
        }
    }

    private void appendTouches() {
        for (var each = dirty.poll(); each != null; each = dirty.poll()) {
            each.clean();
            if (each.isValid()) {
                journal.appendLater(RecordCodec.touch(each));
            }
        }
    }

    /**
     * @return completes when it is on disk
     */
    public CompletableFuture<Void> remove(Registration registration) {
        synchronized (lock) {
            if (!registration.isValid()) {
                return CompletableFuture.completedFuture(null);
            }
            unplace(registration);
            return journal.append(RecordCodec.remove(registration));
        }
    }

    /** Called every second: writes what is a second old and ends what has expired. */
    public List<Registration> tick() {
        journal.flushSoon();
        if (!journal.isHealthy()) {
            return List.of();
        }
        var ended = new ArrayList<Registration>();
        for (var each : wheel.ended(clock.millis())) {
            synchronized (lock) {
                if (each.isValid() && each.expiresAt() <= clock.millis()) {
                    unplace(each);
                    journal.appendLater(RecordCodec.remove(each));
                    ended.add(each);
                } else if (each.isValid()) {
                    wheel.add(each);
                }
            }
        }
        return ended;
    }

    private Announcement intern(Announcement announcement) {
        if (announcement.size() > INTERNED_SIZE_AT_MOST) {
            return announcement;
        }
        var known = interned.get(announcement);
        if (known != null) {
            known.share();
        }
        if (known == null && interned.size() < INTERNED_AT_MOST) {
            interned.put(announcement, announcement);
        }
        return known == null ? announcement : known;
    }

    // ---- observations

    /** An observation that is being asked for: notifications already find it. */
    public Observed observing(
            Registration registration, long token, ResourcePath path, int format) {
        var observed = new Observed(registration, token, path, format);
        synchronized (lock) {
            byToken.put(token, observed);
        }
        return observed;
    }

    /**
     * The device took it: it is kept, and an older one of the same path goes.
     *
     * @return completes when it is on disk
     */
    public CompletableFuture<Void> keep(Observed observed) {
        var registration = observed.registration();
        synchronized (lock) {
            if (!registration.isValid() || byToken.get(observed.token()) != observed) {
                byToken.remove(observed.token());
                return CompletableFuture.completedFuture(null);
            }
            registration.observed(observed.path()).ifPresent(this::forget);
            byToken.put(observed.token(), observed);
            registration.observe(observed);
            return journal.append(RecordCodec.observe(observed));
        }
    }

    public void forget(Observed observed) {
        synchronized (lock) {
            byToken.remove(observed.token());
            if (observed.registration().observed().contains(observed)) {
                observed.registration().forget(observed);
                journal.appendLater(RecordCodec.forget(observed.token()));
            }
        }
    }

    public Optional<Observed> observed(long token) {
        return Optional.ofNullable(byToken.get(token));
    }

    // ---- journal

    private void replay(byte[] record) {
        try {
            var in = new ByteReader(record);
            switch (in.take()) {
                case RecordCodec.PUT -> replayPut(in);
                case RecordCodec.REMOVE -> byId(in.fixed()).ifPresent(this::unplace);
                case RecordCodec.TOUCH -> byId(in.fixed()).ifPresent(each -> replayTouch(in, each));
                case RecordCodec.OBSERVE ->
                        byId(in.fixed())
                                .ifPresent(
                                        each -> replayObserve(RecordCodec.readObserve(in, each)));
                case RecordCodec.FORGET ->
                        observed(in.fixed())
                                .ifPresent(
                                        each -> {
                                            byToken.remove(each.token());
                                            each.registration().forget(each);
                                        });
                default -> LOG.warn("Registration journal: record of unknown kind skipped");
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            LOG.warn("Registration journal: record skipped: {}", e.toString());
        }
    }

    private void replayPut(ByteReader in) {
        var registration = RecordCodec.readPut(in, this::intern);
        var before = byId.get(registration.id());
        if (before != null) {
            registration.updatedAt(before.lastUpdate());
            registration.heardAt(before.lastHeard());
        }
        place(registration);
        byId.put(registration.id(), registration);
        if (before != null) {
            before.observed()
                    .forEach(
                            each ->
                                    replayObserve(
                                            new Observed(
                                                    registration,
                                                    each.token(),
                                                    each.path(),
                                                    each.format())));
        }
    }

    private void replayTouch(ByteReader in, Registration registration) {
        registration.updatedAt(in.number());
        registration.heardAt(in.number());
        move(registration, Peer.unpack(in.bytes()));
        registration.mannersFromTo(registration.manners(), (int) in.number());
    }

    private void replayObserve(Observed observed) {
        var registration = observed.registration();
        registration.observed(observed.path()).ifPresent(registration::forget);
        byToken.put(observed.token(), observed);
        registration.observe(observed);
    }

    private Stream<byte[]> state() {
        return byEndpoint.values().stream()
                .flatMap(
                        each ->
                                Stream.concat(
                                        Stream.of(RecordCodec.put(each)),
                                        each.observed().stream().map(RecordCodec::observe)));
    }

    /** Writes everything and closes the journal. */
    @Override
    public void close() {
        journal.close();
    }

    /** As if the process had been killed. For tests. */
    public void abandon() {
        journal.abandon();
    }
}
