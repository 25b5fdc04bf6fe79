package org.omtpdm.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What differs between the two databases; everything else is the same SQL. */
enum Dialect {
    SQLITE,
    POSTGRESQL;

    /** Values of the placeholders in migrations. */
    Map<String, String> placeholders() {
        return switch (this) {
            case SQLITE -> Map.of("blob", "BLOB");
            case POSTGRESQL -> Map.of("blob", "BYTEA");
        };
    }

    /** Readers see one state throughout a read. */
    String readIsolation() {
        return switch (this) {
            case SQLITE -> "TRANSACTION_SERIALIZABLE";
            case POSTGRESQL -> "TRANSACTION_REPEATABLE_READ";
        };
    }

    /** A read that writes is a bug and fails. */
    void makeReadOnly(HikariConfig pool) {
        switch (this) {
            case SQLITE -> pool.setConnectionInitSql("PRAGMA query_only = 1");
            case POSTGRESQL -> pool.setReadOnly(true);
        }
    }

    DataSource dataSource(DatabaseConfig config) {
        return switch (this) {
            case SQLITE -> sqlite(config);
            case POSTGRESQL -> postgresql(config);
        };
    }

    private static DataSource sqlite(DatabaseConfig config) {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setBusyTimeout(10_000);
        settings.setCacheSize(-8_000);
        settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
        var source = new SQLiteDataSource(settings);
        source.setUrl(config.url());
        return source;
    }

    private static DataSource postgresql(DatabaseConfig config) {
        var source = new PGSimpleDataSource();
        source.setUrl(config.url());
        config.user().ifPresent(source::setUser);
        config.password().ifPresent(source::setPassword);
        source.setApplicationName("omtpdm");
        source.setReWriteBatchedInserts(true);
        return source;
    }
}
