package org.omtpdm.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The database: many readers, one writer.
 *
 * <p>All writing goes through one thread, which commits waiting tasks together (group commit): the
 * cost of making data durable is shared, and no two tasks ever race. Each task runs in a savepoint
 * of its own, so that a failing task rolls back alone. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private final Writer writer;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final ThreadLocal<Consumer<Tx>> companions = new ThreadLocal<>();

    private Database(Writer writer, HikariDataSource readers, Jdbi reading) {
        this.writer = writer;
        this.readers = readers;
        this.reading = reading;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws DatabaseException when it can't be reached, or was written by a newer version
     */
    public static Database open(DatabaseConfig config, Clock clock) {
        Migrations.migrate(config);
        var readers = readerPool(config);
        var writer = Writer.open(config, clock);
        return new Database(writer, readers, SqlTypes.install(Jdbi.create(readers)));
    }

    private static HikariDataSource readerPool(DatabaseConfig config) {
        var hikari = new HikariConfig();
        hikari.setPoolName("database-readers");
        hikari.setDataSource(config.dialect().dataSource(config));
        hikari.setMaximumPoolSize(config.readers());
        hikari.setMinimumIdle(1);
        hikari.setAutoCommit(false);
        hikari.setTransactionIsolation(config.dialect().readIsolation());
        hikari.setConnectionTimeout(10_000);
        config.dialect().makeReadOnly(hikari);
        return new HikariDataSource(hikari);
    }

    /**
     * Runs a task on the writer thread and returns after the commit.
     *
     * @return what the task returned
     * @throws RuntimeException what the task threw; nothing of it remains
     * @throws DatabaseException when the commit failed; nothing of the task remains
     * @throws WriterBusyException when too many tasks wait
     * @throws IllegalStateException when called from within a task, or after {@link #close}
     */
    public <T> T write(Function<Tx, T> task) {
        if (writer.isCurrentThread()) {
            throw new IllegalStateException(
                    "A write task must not wait for another: use its own Tx, or writeAsync");
        }
        try {
            return writeAsync(task).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                cause.addSuppressed(new CallerTrace());
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** As {@link #write}, without waiting: the future ends after the commit. */
    public <T> CompletableFuture<T> writeAsync(Function<Tx, T> task) {
        var companion = companions.get();
        if (companion == null) {
            return writer.submit(task);
        }
        return writer.submit(
                tx -> {
                    companion.accept(tx);
                    return task.apply(tx);
                });
    }

    /**
     * Does work in which every write that this thread asks for also does something else, in the
     * same transaction.
     */
    public <T> T alongEachWrite(Consumer<Tx> companion, Callable<T> work) throws Exception {
        companions.set(companion);
        try {
            return work.call();
        } finally {
            companions.remove();
        }
    }

    /**
     * Reads from one consistent state. Sees everything whose {@link #write} has returned. Must not
     * write.
     */
    public <T> T read(Function<Handle, T> query) {
        return reading.withHandle(
                handle -> {
                    try {
                        return query.apply(handle);
                    } finally {
                        endRead(handle);
                    }
                });
    }

    private static void endRead(Handle handle) {
        try {
            handle.getConnection().rollback();
        } catch (SQLException e) {
            throw new DatabaseException("Could not end a read", e);
        }
    }

    /** Tasks waiting for the writer. */
    public int waitingWrites() {
        return writer.waiting();
    }

    /** Waits until everything submitted before, and its after-effects, are done. For tests. */
    public void settle() {
        var done = new CompletableFuture<Void>();
        writeAsync(
                        tx -> {
                            tx.afterCommit(() -> done.complete(null));
                            return null;
                        })
                .join();
        done.join();
    }

    /** Finishes submitted tasks and their after-effects, then closes. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    /** Says where the caller of a failed write stood; the failure itself is from the writer. */
    private static final class CallerTrace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallerTrace() {
            super("waited for here");
        }
    }

    /** Threads that serve one database are told apart by number. */
    static final AtomicInteger OPENED = new AtomicInteger();
}
