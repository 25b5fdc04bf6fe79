package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what devices say, in the order in which it was submitted, without keeping the link's
 * threads waiting.
 *
 * <p>Many pieces share a write; each has a savepoint of its own, so that one device's odd message
 * harms no other. When the database can't be written, pieces wait; past {@link #MOST} they are
 * dropped and counted, and the device's next Update brings its record up to date. Thread-safe.
 */
public final class Intake {

    /** Pieces that may wait. */
    static final int MOST = 200_000;

    private static final int AT_ONCE = 250;
    private static final long PAUSE_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Database database;
    private final Queue<Consumer<Tx>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final List<Consumer<Tx>> batch = new ArrayList<>();

    public Intake(Database database) {
        this.database = database;
    }

    /**
     * Has {@code piece} written soon.
     *
     * @return false when too much waits already, and this piece was dropped
     */
    public boolean submit(Consumer<Tx> piece) {
        if (size.incrementAndGet() > MOST) {
            size.decrementAndGet();
            dropped.incrementAndGet();
            return false;
        }
        waiting.add(piece);
        drain();
        return true;
    }

    /** Pieces that were dropped since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Pieces that wait now. */
    public int waiting() {
        return size.get();
    }

    private void drain() {
        if (waiting.isEmpty() && batch.isEmpty() || !draining.compareAndSet(false, true)) {
            return;
        }
        try {
            database.writeAsync(this::write).whenComplete((done, failure) -> next(failure));
        } catch (RuntimeException busyOrClosed) {
            later(busyOrClosed);
        }
    }

    private void next(Throwable failure) {
        if (failure != null) {
            later(failure);
            return;
        }
        size.addAndGet(-batch.size());
        batch.clear();
        draining.set(false);
        drain();
    }

    private void later(Throwable failure) {
        LOG.debug("What devices said can't be written now, {} pieces wait", size.get(), failure);
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            draining.set(false);
                            drain();
                        });
    }

    private Void write(Tx tx) {
        while (batch.size() < AT_ONCE && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        for (var piece : batch) {
            write(tx, piece);
        }
        return null;
    }

    private static void write(Tx tx, Consumer<Tx> piece) {
        var part = new Part(tx);
        tx.handle().execute("SAVEPOINT piece");
        try {
            piece.accept(part);
            part.updates.forEach(tx::onCommit);
            part.effects.forEach(tx::afterCommit);
        } catch (RuntimeException e) {
            tx.handle().execute("ROLLBACK TO SAVEPOINT piece");
            LOG.warn("Something a device said could not be written", e);
        }
        tx.handle().execute("RELEASE SAVEPOINT piece");
    }

    /** A piece's view of the transaction: its after-effects count only when it succeeds. */
    private record Part(Tx whole, List<Runnable> updates, List<Runnable> effects) implements Tx {
        Part(Tx whole) {
            this(whole, new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public Handle handle() {
            return whole.handle();
        }

        @Override
        public Instant now() {
            return whole.now();
        }

        @Override
        public void onCommit(Runnable update) {
            updates.add(update);
        }

        @Override
        public void afterCommit(Runnable effect) {
            effects.add(effect);
        }
    }
}
