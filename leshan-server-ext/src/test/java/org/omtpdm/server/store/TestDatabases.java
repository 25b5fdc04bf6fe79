package org.omtpdm.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Databases for contract tests: SQLite files, and a real PostgreSQL server, which is started once
 * and ends with the tests.
 */
public final class TestDatabases {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    private TestDatabases() {}

    /** Kinds of databases; every store contract holds on each. */
    public enum Kind {
        SQLITE,
        POSTGRESQL
    }

    /** A fresh, empty database. */
    public static DatabaseConfig fresh(Kind kind, Path folder) {
        return switch (kind) {
            case SQLITE ->
                    DatabaseConfig.sqlite(
                            folder.resolve("test" + NUMBERS.incrementAndGet() + ".db"));
            case POSTGRESQL -> freshPostgres();
        };
    }

    private static synchronized DatabaseConfig freshPostgres() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.builder().start();
            }
            var name = "test" + NUMBERS.incrementAndGet();
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return DatabaseConfig.postgresql(
                    postgres.getJdbcUrl("postgres", name), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
