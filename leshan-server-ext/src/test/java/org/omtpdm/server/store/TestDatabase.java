package org.omtpdm.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/** The two databases that every store has to work on; each {@link #open} gives an empty one. */
public enum TestDatabase {
    SQLITE {
        @Override
        public Database open(Clock clock) {
            try {
                var folder = Files.createTempDirectory("omtpdm-test");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return Database.open(DatabaseConfig.sqlite(folder.resolve("test.db")), clock);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        public Database open(Clock clock) {
            var name = "test" + COUNT.incrementAndGet();
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Database.open(
                    DatabaseConfig.postgresql(
                            Server.RUNNING.getJdbcUrl("postgres", name), "postgres", "postgres"),
                    clock);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** An empty database with all tables. */
    public abstract Database open(Clock clock);

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            // the operating system cleans its folder of temporary files
        }
    }

    /** Started with the first test that needs it, stopped with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL must start for these tests", e);
            }
        }
    }
}
