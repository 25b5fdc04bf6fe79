package org.omtpdm.server.lwm2m.registry;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/**
 * One valid or past registration, as small as it can be. Times and the peer's address change
 * without a lock; everything else changes through {@link Registry} only. Thread-safe.
 */
public final class Registration {
    /** Stands for a lifetime that never ends. */
    public static final long FOREVER = 0xFFFFFFFFL;

    private static final Observed[] NOTHING = {};
    private static final AtomicIntegerFieldUpdater<Registration> DIRTY =
            AtomicIntegerFieldUpdater.newUpdater(Registration.class, "dirty");
    private static final AtomicIntegerFieldUpdater<Registration> MANNERS =
            AtomicIntegerFieldUpdater.newUpdater(Registration.class, "manners");

    private final String endpoint;
    private final String identity;
    private final long id;
    private final long registeredAt;
    private volatile long lastUpdate;
    private volatile long lastHeard;
    private volatile long awakeUntil;
    private volatile int heardToldAt;
    private volatile byte[] peer;
    private volatile Announcement announcement;
    private volatile Observed[] observed = NOTHING;
    private volatile int lifetime;
    private volatile int manners;
    private volatile int dirty;
    private volatile boolean gone;

    // owned by ExpiryWheel
    Registration wheelNext;
    Registration wheelPrevious;
    short wheelSlot = -1;

    Registration(
            String endpoint,
            String identity,
            long id,
            long registeredAt,
            byte[] peer,
            long lifetimeSeconds,
            Announcement announcement) {
        this.endpoint = endpoint;
        this.identity = endpoint.equals(identity) ? endpoint : identity;
        this.id = id;
        this.registeredAt = registeredAt;
        this.lastUpdate = registeredAt;
        this.lastHeard = registeredAt;
        this.peer = peer;
        this.lifetime = (int) lifetimeSeconds;
        this.announcement = announcement;
    }

    public String endpoint() {
        return endpoint;
    }

    /** The DTLS identity it registered with; empty without DTLS. */
    public Optional<String> identity() {
        return Optional.ofNullable(identity);
    }

    public boolean isSecured() {
        return identity != null;
    }

    public long id() {
        return id;
    }

    /** The id as it stands in the Location of the registration. */
    public String idText() {
        return idText(id);
    }

    static String idText(long id) {
        return String.format("%016x", id);
    }

    /** The id of a Location; empty when it can't be one. */
    public static Optional<Long> parseId(String text) {
        if (text.length() != 16 || !text.matches("[0-9a-f]{16}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseUnsignedLong(text, 16));
    }

    public InetSocketAddress address() {
        return Peer.unpack(peer);
    }

    byte[] peer() {
        return peer;
    }

    /**
     * @return true when this is a new address
     */
    boolean moveTo(InetSocketAddress address) {
        if (Peer.is(peer, address)) {
            return false;
        }
        peer = Peer.pack(address);
        return true;
    }

    public Announcement announcement() {
        return announcement;
    }

    void announce(Announcement newer) {
        announcement = newer;
    }

    /** Seconds, {@link #FOREVER} for no end. */
    public long lifetime() {
        return lifetime & 0xFFFFFFFFL;
    }

    void liveFor(long seconds) {
        lifetime = (int) seconds;
    }

    long registeredAt() {
        return registeredAt;
    }

    long lastUpdate() {
        return lastUpdate;
    }

    long lastHeard() {
        return lastHeard;
    }

    void updatedAt(long millis) {
        lastUpdate = Math.max(lastUpdate, millis);
        heardAt(millis);
    }

    void heardAt(long millis) {
        lastHeard = Math.max(lastHeard, millis);
    }

    /** Milliseconds since the epoch, {@link Long#MAX_VALUE} for never. */
    long expiresAt() {
        return lifetime() == FOREVER ? Long.MAX_VALUE : lastUpdate + lifetime() * 1000;
    }

    /** False once it was replaced, removed or expired. */
    public boolean isValid() {
        return !gone;
    }

    void end() {
        gone = true;
    }

    /** Marks it to be written within a second; true when it wasn't marked before. */
    boolean markDirty() {
        return DIRTY.compareAndSet(this, 0, 1);
    }

    void clean() {
        dirty = 0;
    }

    /** End of the awake time in milliseconds since the epoch; 0 when never awake. */
    public long awakeUntil() {
        return awakeUntil;
    }

    public void awakeUntil(long millis) {
        awakeUntil = millis;
    }

    /** True once per second: whether to tell that it was heard. */
    public boolean tellHeard(long nowMillis) {
        int second = (int) (nowMillis / 1000);
        if (heardToldAt == second) {
            return false;
        }
        heardToldAt = second;
        return true;
    }

    /** What was learnt about how to talk to it, as bits that {@code Manners} gives meaning. */
    public int manners() {
        return manners;
    }

    boolean mannersFromTo(int before, int after) {
        return MANNERS.compareAndSet(this, before, after);
    }

    void observe(Observed added) {
        var longer = Arrays.copyOf(observed, observed.length + 1);
        longer[observed.length] = added;
        observed = longer;
    }

    void forget(Observed removed) {
        observed = Arrays.stream(observed).filter(each -> each != removed).toArray(Observed[]::new);
    }

    public List<Observed> observed() {
        return List.of(observed);
    }

    public Optional<Observed> observed(ResourcePath path) {
        return Arrays.stream(observed).filter(each -> each.path().equals(path)).findFirst();
    }

    /** True for a device that may be called: it listens all the time. */
    public boolean mayBeCalled() {
        var binding = announcement.bindingMode();
        return !announcement.queueMode() && (binding.isEmpty() || binding.contains("U"));
    }

    /**
     * @param learnt sentences to add to the notes of the registration
     */
    public RegistrationFacts facts(List<String> learnt) {
        var said = announcement;
        var notes = new ArrayList<>(said.notes());
        notes.addAll(learnt);
        var address = address();
        var host = address.getAddress().getHostAddress();
        long awake = awakeUntil;
        return new RegistrationFacts(
                endpoint,
                idText(),
                Instant.ofEpochMilli(registeredAt),
                Instant.ofEpochMilli(lastUpdate),
                Instant.ofEpochMilli(lastHeard),
                Duration.ofSeconds(lifetime()),
                said.lwm2mVersion(),
                said.understoodVersion(),
                said.bindingMode(),
                said.queueMode(),
                (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort(),
                isSecured(),
                said.objects(),
                said.queueMode() && awake > 0
                        ? Optional.of(Instant.ofEpochMilli(awake))
                        : Optional.empty(),
                notes);
    }

    @Override
    public String toString() {
        return endpoint + " (" + idText() + ")";
    }
}
