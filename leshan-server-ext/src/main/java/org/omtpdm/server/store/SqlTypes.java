package org.omtpdm.server.store;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.SqlLogger;

/**
 * How our values look in the database: times and durations are milliseconds (BIGINT), booleans 0
 * and 1 (INTEGER).
 */
final class SqlTypes {

    private SqlTypes() {}

    static Jdbi install(Jdbi jdbi) {
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArgument(new DurationArgument());
        jdbi.registerArgument(new BooleanArgument());
        ColumnMapper<Instant> instants =
                (row, column, context) -> {
                    var millis = row.getLong(column);
                    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
                };
        ColumnMapper<Duration> durations =
                (row, column, context) -> {
                    var millis = row.getLong(column);
                    return row.wasNull() ? null : Duration.ofMillis(millis);
                };
        ColumnMapper<Boolean> booleans =
                (row, column, context) -> {
                    var number = row.getInt(column);
                    return row.wasNull() ? null : number != 0;
                };
        jdbi.registerColumnMapper(Instant.class, instants);
        jdbi.registerColumnMapper(Duration.class, durations);
        jdbi.registerColumnMapper(Boolean.class, booleans);
        jdbi.registerColumnMapper(boolean.class, booleans);
        jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        return jdbi;
    }

    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setLong(position, value.toEpochMilli());
        }
    }

    private static final class DurationArgument extends AbstractArgumentFactory<Duration> {
        DurationArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Duration value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, value.toMillis());
        }
    }

    private static final class BooleanArgument extends AbstractArgumentFactory<Boolean> {
        BooleanArgument() {
            super(Types.INTEGER);
        }

        @Override
        protected Argument build(Boolean value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setInt(position, value ? 1 : 0);
        }
    }
}
