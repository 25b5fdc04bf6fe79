package org.omtpdm.server.store;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
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

    /** For the primitive type as well, which has factories of its own. */
    private static final class BooleanArgument implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
            return type == boolean.class || type == Boolean.class
                    ? Optional.of(BooleanArgument::argument)
                    : Optional.empty();
        }

        @Override
        public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
            return prepare(type, config).map(function -> function.apply(value));
        }

        private static Argument argument(Object value) {
            return (position, statement, context) -> {
                if (value instanceof Boolean flag) {
                    statement.setInt(position, flag ? 1 : 0);
                } else {
                    statement.setNull(position, Types.INTEGER);
                }
            };
        }
    }
}
