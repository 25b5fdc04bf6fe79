package org.omtpdm.server.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes.
 *
 * <p>It takes whatever waits (at most {@link #GROUP}), runs each task in a savepoint, commits once,
 * and only then ends the tasks' futures and hands their after-effects to the after-commit thread.
 * When the commit fails, every task of the group fails, and the connection is made anew.
 */
final class Writer implements AutoCloseable {

    static final int QUEUE = 20_000;
    private static final int GROUP = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final DatabaseConfig config;
    private final Clock clock;
    private final BlockingQueue<Task<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ExecutorService afterCommit;
    private final Thread thread;
    private Handle handle;
    private volatile boolean closing;

    private Writer(DatabaseConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        var number = Database.OPENED.incrementAndGet();
        this.afterCommit =
                Executors.newSingleThreadExecutor(
                        task -> new Thread(task, "database-after-commit-" + number));
        this.thread = new Thread(this::run, "database-writer-" + number);
    }

    static Writer open(DatabaseConfig config, Clock clock) {
        var writer = new Writer(config, clock);
        writer.handle = writer.connect();
        writer.thread.start();
        return writer;
    }

    private Handle connect() {
        try {
            var connection = config.dialect().dataSource(config).getConnection();
            connection.setAutoCommit(false);
            return SqlTypes.install(Jdbi.create(connection)).open();
        } catch (SQLException e) {
            throw new DatabaseException("Could not connect to " + config, e);
        }
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    int waiting() {
        return queue.size();
    }

    <T> CompletableFuture<T> submit(Function<Tx, T> work) {
        var task = new Task<>(work);
        if (closing) {
            throw new IllegalStateException("The database is closed");
        }
        if (!queue.offer(task)) {
            throw new WriterBusyException(queue.size());
        }
        if (closing && !thread.isAlive() && queue.remove(task)) {
            throw new IllegalStateException("The database is closed");
        }
        return task.future;
    }

    private void run() {
        var group = new ArrayList<Task<?>>(GROUP);
        while (!(closing && queue.isEmpty())) {
            group.clear();
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
                queue.drainTo(group, GROUP - 1);
                commit(group);
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        disconnect();
    }

    private void commit(List<Task<?>> group) {
        try {
            if (handle == null) {
                handle = connect();
            }
            for (var task : group) {
                task.run(handle, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            }
            handle.getConnection().commit();
        } catch (SQLException | RuntimeException e) {
            LOG.error("A group of {} writes could not be committed", group.size(), e);
            disconnect();
            group.forEach(task -> task.fail(e));
        }
        for (var task : group) {
            task.updates.forEach(Writer::runEffect);
            task.effects.forEach(effect -> afterCommit.execute(() -> runEffect(effect)));
            task.end();
        }
    }

    private static void runEffect(Runnable effect) {
        try {
            effect.run();
        } catch (RuntimeException | Error e) {
            LOG.error("An effect of a committed write failed", e);
        }
    }

    private void disconnect() {
        if (handle == null) {
            return;
        }
        try (var connection = handle.getConnection()) {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Closing the writer's connection failed", e);
        }
        handle = null;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            afterCommit.shutdown();
            afterCommit.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        afterCommit.shutdownNow();
    }

    /** One piece of work with its result. */
    private static final class Task<T> implements Tx {
        private final Function<Tx, T> work;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final List<Runnable> updates = new ArrayList<>();
        private final List<Runnable> effects = new ArrayList<>();
        private Handle handle;
        private Instant now;
        private T result;
        private Throwable failure;

        Task(Function<Tx, T> work) {
            this.work = work;
        }

        void run(Handle writing, Instant at) {
            handle = writing;
            now = at;
            handle.execute("SAVEPOINT task");
            try {
                result = work.apply(this);
                handle.execute("RELEASE SAVEPOINT task");
            } catch (RuntimeException | Error e) {
                fail(e);
                handle.execute("ROLLBACK TO SAVEPOINT task");
                handle.execute("RELEASE SAVEPOINT task");
            } finally {
                handle = null;
            }
        }

        void fail(Throwable cause) {
            if (failure == null) {
                failure =
                        cause instanceof SQLException
                                ? new DatabaseException("The commit failed", cause)
                                : cause;
            }
            updates.clear();
            effects.clear();
        }

        void end() {
            if (failure != null) {
                future.completeExceptionally(failure);
            } else {
                future.complete(result);
            }
        }

        @Override
        public Handle handle() {
            if (handle == null) {
                throw new IllegalStateException("This write task has ended");
            }
            return handle;
        }

        @Override
        public Instant now() {
            return now;
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
