package org.omtpdm.server.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param url JDBC URL: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}
 * @param user absent for SQLite
 * @param password absent for SQLite
 * @param readers connections kept for reading, 1 to 64
 */
public record DatabaseConfig(
        String url, Optional<String> user, Optional<String> password, int readers) {

    private static final int DEFAULT_READERS = 4;

    public DatabaseConfig {
        if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "database.url: expected jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME");
        }
        if (readers < 1 || readers > 64) {
            throw new IllegalArgumentException(
                    "database.readers: " + readers + ", expected 1 to 64");
        }
    }

    public static DatabaseConfig sqlite(Path file) {
        return new DatabaseConfig(
                "jdbc:sqlite:" + file.toAbsolutePath(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_READERS);
    }

    public static DatabaseConfig postgresql(String url, String user, String password) {
        return new DatabaseConfig(url, Optional.of(user), Optional.of(password), DEFAULT_READERS);
    }

    Dialect dialect() {
        return url.startsWith("jdbc:sqlite:") ? Dialect.SQLITE : Dialect.POSTGRESQL;
    }

    /** Without the password, and without a URL's parameters, which may carry one. */
    @Override
    public String toString() {
        return "DatabaseConfig[" + url.replaceAll("\\?.*", "") + ", readers=" + readers + "]";
    }
}
