package org.omtpdm.server.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.DeviceLink;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives devices their turns.
 *
 * <pre>
 *  wake ──► ready ──► serve: what is due first? ──► work (one request after the other) ─┐
 *            ▲                     │ nothing due, or not reachable                       │
 *            └── again, if woken ◄─┴─────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>At most one piece of work runs per device, and at most {@link LanePolicy#devicesAtOnce} in the
 * fleet. What is due is asked of the {@link WorkSource}s each time; the lane itself remembers only
 * who is ready and who has the turn, and loses nothing when it is dropped. Thread-safe.
 */
public final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int CLOSE_WITHIN_SECONDS = 10;

    /** How long an answer is still awaited from a device that registered anew. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    /** So long after a new registration nobody pauses for silence before it. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final LanePolicy policy;
    private final DeviceLink link;
    private final DeviceDirectory devices;
    private final List<WorkSource> sources;
    private final ExecutorService executor;
    private final Alarm alarm;
    private final Clock clock;

    private final Object lock = new Object();
    private final Map<String, Slot> slots = new HashMap<>();
    private final Deque<String> urgent = new ArrayDeque<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private int turns;
    private Optional<Instant> armed = Optional.empty();
    private boolean closed;

    /**
     * @param sources in order of preference among work of the same rank
     * @param executor with few threads, which may wait for the database; closed with the lane
     * @param alarm closed with the lane
     */
    public Lane(
            LanePolicy policy,
            DeviceLink link,
            DeviceDirectory devices,
            List<WorkSource> sources,
            ExecutorService executor,
            Alarm alarm,
            Clock clock) {
        this.policy = policy;
        this.link = link;
        this.devices = devices;
        this.sources = List.copyOf(sources);
        this.executor = executor;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** Takes up what an earlier life left, and begins. */
    public void start() {
        sources.forEach(WorkSource::begin);
        sources.forEach(source -> wakeAll(source.devices()));
        ring();
    }

    /** Something may be due for this device: it was asked for, or the device is there. */
    public void wake(String deviceId) {
        wakeAll(Set.of(deviceId));
    }

    /** As {@link #wake}, before all devices that are ready already: somebody waits at a screen. */
    public void wakeFirst(String deviceId) {
        synchronized (lock) {
            var slot = slots.get(deviceId);
            if (slot == null) {
                slots.put(deviceId, new Slot());
                urgent.add(deviceId);
            } else {
                slot.again = true;
                if (!slot.running && ready.remove(deviceId)) {
                    urgent.add(deviceId);
                }
            }
            dispatch();
        }
    }

    public void wakeAll(Collection<String> deviceIds) {
        synchronized (lock) {
            for (var deviceId : deviceIds) {
                var slot = slots.get(deviceId);
                if (slot == null) {
                    slots.put(deviceId, new Slot());
                    ready.add(deviceId);
                } else {
                    slot.again = true;
                }
            }
            dispatch();
        }
    }

    /**
     * The device was heard of: whoever had no answer from it tries again. Cheap when nobody had.
     */
    public void contact(String deviceId) {
        if (sources.stream().anyMatch(source -> source.mayHaveWork(deviceId))) {
            wake(deviceId);
        }
    }

    /**
     * The device registered anew: what it was asked before may never be answered. If nothing comes
     * within a moment, the wait ends as if it had been silent.
     */
    public void registeredAnew(String deviceId) {
        CompletableFuture<DeviceReply<Reading>> awaited;
        synchronized (lock) {
            var slot = slots.get(deviceId);
            awaited = slot == null ? null : slot.awaited;
        }
        if (awaited != null) {
            alarm.at(
                    clock.instant().plus(MOMENT),
                    () -> awaited.complete(new DeviceReply.Silent<>(MOMENT)));
        }
        run(
                () -> {
                    sources.forEach(source -> source.registeredAnew(deviceId));
                    wake(deviceId);
                });
    }

    /** A notification came; whoever awaits it goes on. */
    public void notified(String deviceId, ResourcePath path) {
        notified(() -> Optional.of(deviceId), path);
    }

    /** As above; who it was is looked up on a lane thread. */
    public void notified(Supplier<Optional<String>> device, ResourcePath path) {
        run(() -> device.get().ifPresent(deviceId -> tell(deviceId, path)));
    }

    private void tell(String deviceId, ResourcePath path) {
        var due = false;
        for (var source : sources) {
            due |= source.notified(deviceId, path);
        }
        if (due) {
            wake(deviceId);
        }
    }

    /** Looks at the sources again no later than this. */
    public void remind(Instant when) {
        synchronized (lock) {
            if (closed || armed.isPresent() && !armed.get().isAfter(when)) {
                return;
            }
            armed = Optional.of(when);
        }
        alarm.at(when, () -> rang(when));
    }

    private void rang(Instant when) {
        synchronized (lock) {
            if (!armed.equals(Optional.of(when))) {
                return;
            }
            armed = Optional.empty();
        }
        run(this::ring);
    }

    private void ring() {
        var now = clock.instant();
        var due = new HashSet<String>();
        sources.forEach(source -> due.addAll(source.due(now)));
        wakeAll(due);
        sources.stream()
                .flatMap(source -> source.nextDue(now).stream())
                .min(Comparator.naturalOrder())
                .ifPresent(this::remind);
    }

    /** Devices that are being talked to now, and those that wait for it. */
    public int busyDevices() {
        synchronized (lock) {
            return slots.size();
        }
    }

    private void dispatch() {
        while (!closed
                && turns < policy.devicesAtOnce()
                && !(urgent.isEmpty() && ready.isEmpty())) {
            var deviceId = urgent.isEmpty() ? ready.remove() : urgent.remove();
            var slot = slots.get(deviceId);
            slot.running = true;
            slot.again = false;
            slot.later = false;
            turns++;
            run(() -> serve(deviceId));
        }
    }

    private void serve(String deviceId) {
        CompletableFuture<WorkSource.After> served;
        try {
            served = serveNext(deviceId, Optional.empty());
        } catch (RuntimeException | Error e) {
            served = CompletableFuture.failedFuture(e);
        }
        served.whenComplete(
                (after, bug) -> {
                    if (bug != null) {
                        LOG.error("The turn of device {} failed", deviceId, bug);
                    }
                    endTurn(deviceId, bug == null && after.more());
                });
    }

    private void endTurn(String deviceId, boolean more) {
        synchronized (lock) {
            turns--;
            var slot = slots.get(deviceId);
            slot.running = false;
            if (more || slot.again || slot.later) {
                ready.add(deviceId);
            } else {
                slots.remove(deviceId);
            }
            dispatch();
        }
    }

    private CompletableFuture<WorkSource.After> serveNext(String deviceId, Optional<Rank> before) {
        var device = devices.find(deviceId);
        if (device.isEmpty() || device.get().retired()) {
            return CompletableFuture.completedFuture(WorkSource.After.NOTHING);
        }
        var registration = link.registration(device.get().endpoint());
        if (registration.isEmpty() || !link.isReachable(device.get().endpoint())) {
            return CompletableFuture.completedFuture(WorkSource.After.NOTHING);
        }
        return first(device.get(), registration.get(), before)
                .map(work -> work.run(new LaneTurn(device.get(), work.rank())))
                .map(
                        running ->
                                running.whenComplete(
                                        (after, bug) -> {
                                            if (bug == null) {
                                                after.again().ifPresent(this::remind);
                                            }
                                        }))
                .orElseGet(() -> CompletableFuture.completedFuture(WorkSource.After.NOTHING));
    }

    private Optional<WorkSource.Work> first(
            ManagedDevice device, RegistrationFacts registration, Optional<Rank> before) {
        var now = clock.instant();
        var fresh = registration.registeredAt().plus(FRESH).isAfter(now);
        var heard = fresh ? Instant.MAX : registration.lastHeard();
        Optional<WorkSource.Work> first = Optional.empty();
        for (var source : sources) {
            var bound = first.map(WorkSource.Work::rank).or(() -> before);
            var earlier = source.next(device, heard, bound);
            first = earlier.isPresent() ? earlier : first;
        }
        return first;
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The lane is closing", e);
        }
    }

    /** Begins nothing more. What is in flight is taken up by the next start. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            urgent.clear();
            ready.clear();
        }
        alarm.close();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work of the lane did not end within {} s", CLOSE_WITHIN_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who is in line. */
    private static final class Slot {
        private boolean running;
        private boolean again;
        private CompletableFuture<DeviceReply<Reading>> awaited;

        /** Woken while something more urgent was looked for in the middle of its work. */
        private boolean later;
    }

    /** The turn of one device, for one piece of work. */
    private final class LaneTurn implements Turn {
        private final ManagedDevice device;
        private final Rank rank;

        LaneTurn(ManagedDevice device, Rank rank) {
            this.device = device;
            this.rank = rank;
        }

        @Override
        public ManagedDevice device() {
            return device;
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public CompletableFuture<DeviceReply<Reading>> send(DeviceRequest request) {
            if (!link.isReachable(device.endpoint())) {
                return CompletableFuture.completedFuture(
                        new DeviceReply.NotSent<>("the device is not awake"));
            }
            var answer = new CompletableFuture<DeviceReply<Reading>>();
            awaiting(answer);
            link.send(device.endpoint(), request, policy.answerWithin())
                    .whenComplete(
                            (reply, bug) -> {
                                if (bug == null) {
                                    answer.complete(reply);
                                } else {
                                    answer.completeExceptionally(bug);
                                }
                            });
            return answer.thenApplyAsync(
                    reply -> {
                        awaiting(null);
                        return reply;
                    },
                    executor);
        }

        private void awaiting(CompletableFuture<DeviceReply<Reading>> answer) {
            synchronized (lock) {
                var slot = slots.get(device.id());
                if (slot != null) {
                    slot.awaited = answer;
                }
            }
        }

        @Override
        public CompletableFuture<Void> giveWay() {
            synchronized (lock) {
                var slot = slots.get(device.id());
                if (slot == null || !slot.again) {
                    return CompletableFuture.completedFuture(null);
                }
                slot.again = false;
                slot.later = true;
            }
            return others();
        }

        private CompletableFuture<Void> others() {
            return serveNext(device.id(), Optional.of(rank))
                    .thenCompose(
                            after ->
                                    after.more()
                                            ? others()
                                            : CompletableFuture.<Void>completedFuture(null));
        }
    }
}
