package org.omtpdm.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings tables up to date. Migrations only go forward; an embedded database is copied before, and
 * one that a newer version wrote is refused.
 */
final class Migrations {

    private static final String LOCATION = "classpath:org/omtpdm/server/store/migrations";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    static void migrate(DatabaseConfig config) {
        var flyway = flyway(config, "0");
        try {
            var info = flyway.info();
            for (var migration : info.all()) {
                refuseNewer(config, migration);
            }
            var pending = info.pending();
            if (info.current() != null && pending.length > 0) {
                backUp(config, pending[0].getVersion());
            }
            if (pending.length > 0) {
                flyway.migrate();
            } else {
                flyway.validate();
            }
        } catch (FlywayException e) {
            throw new DatabaseException("Could not bring the tables up to date: " + config, e);
        }
    }

    private static void refuseNewer(DatabaseConfig config, MigrationInfo migration) {
        if (migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED) {
            throw new DatabaseException(
                    config
                            + " was written by a newer version (tables v"
                            + migration.getVersion()
                            + "); use that version, or a backup copy");
        }
    }

    private static void backUp(DatabaseConfig config, MigrationVersion next) {
        if (config.dialect() != Dialect.SQLITE) {
            LOG.info("The tables change; PostgreSQL's own backups are yours to make");
            return;
        }
        var file = Path.of(config.url().substring("jdbc:sqlite:".length()));
        var copy =
                file.resolveSibling(
                        file.getFileName()
                                + ".before-v"
                                + next
                                + "-"
                                + STAMP.format(Instant.now()));
        try (var connection = config.dialect().dataSource(config).getConnection();
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
            LOG.info("The tables change; a copy of the database is in {}", copy);
        } catch (SQLException e) {
            throw new DatabaseException("Could not copy the database to " + copy, e);
        }
    }

    /** Says that tables that are there already are those of a version. For tests. */
    static void baseline(DatabaseConfig config, String version) {
        flyway(config, version).baseline();
    }

    private static Flyway flyway(DatabaseConfig config, String baseline) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(config.dialect().dataSource(config))
                .locations(LOCATION)
                .placeholders(config.dialect().placeholders())
                .baselineVersion(baseline)
                .loggers("slf4j")
                .load();
    }
}
