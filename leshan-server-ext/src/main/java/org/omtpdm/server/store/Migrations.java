package org.omtpdm.server.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings tables up to date. Migrations only go forward. */
final class Migrations {

    private static final String LOCATION = "classpath:org/omtpdm/server/store/migrations";

    private Migrations() {}

    static void migrate(DatabaseConfig config) {
        try {
            flyway(config).migrate();
        } catch (FlywayException e) {
            throw new DatabaseException("Could not bring the tables up to date: " + config, e);
        }
    }

    private static Flyway flyway(DatabaseConfig config) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(config.dialect().dataSource(config))
                .locations(LOCATION)
                .placeholders(config.dialect().placeholders())
                .loggers("slf4j")
                .load();
    }
}
