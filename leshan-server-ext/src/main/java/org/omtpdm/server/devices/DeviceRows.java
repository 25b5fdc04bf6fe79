package org.omtpdm.server.devices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of the table {@code devices} as our values. */
final class DeviceRows {

    private DeviceRows() {}

    static Device device(ResultSet row, StatementContext context) throws SQLException {
        return new Device(
                row.getString("id"),
                row.getString("endpoint"),
                row.getString("name"),
                row.getString("note"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                life(row),
                registration(row),
                facts(row),
                row.getInt("open_attention"));
    }

    private static Device.Life life(ResultSet row) throws SQLException {
        return new Device.Life(
                time(row, "out_of_service_at"),
                time(row, "retired_at"),
                time(row, "refused_at"),
                row.getString("refused_text"));
    }

    private static Optional<Device.Registration> registration(ResultSet row) throws SQLException {
        var registeredAt = time(row, "registered_at");
        if (registeredAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Device.Registration(
                        row.getString("registration_id"),
                        registeredAt.get(),
                        contact(row),
                        row.getLong("lifetime_ms") / 1000,
                        row.getString("lwm2m_version"),
                        row.getString("binding_mode"),
                        row.getString("address"),
                        row.getInt("secured") == 1,
                        time(row, "deregistered_at")));
    }

    private static PresenceFacts.Contact contact(ResultSet row) throws SQLException {
        return new PresenceFacts.Contact(
                Instant.ofEpochMilli(row.getLong("valid_until")),
                row.getInt("queue_mode") == 1,
                Instant.ofEpochMilli(row.getLong("awake_until")),
                Instant.ofEpochMilli(row.getLong("last_heard_at")),
                Instant.ofEpochMilli(row.getLong("expected_at")),
                Duration.ofMillis(row.getLong("interval_ms")));
    }

    static ContactRhythm rhythm(ResultSet row) throws SQLException {
        return new ContactRhythm(
                Instant.ofEpochMilli(row.getLong("last_beat_at")),
                Duration.ofMillis(row.getLong("learnt_ms")),
                Instant.ofEpochMilli(row.getLong("expected_at")),
                Duration.ofMillis(row.getLong("interval_ms")));
    }

    private static DeviceFacts facts(ResultSet row) throws SQLException {
        var battery = row.getInt("battery");
        var skew = row.getLong("clock_skew_ms");
        var noSkew = row.wasNull();
        return new DeviceFacts(
                row.getString("manufacturer"),
                row.getString("model"),
                row.getString("serial"),
                row.getString("firmware"),
                battery < 0 ? OptionalInt.empty() : OptionalInt.of(battery),
                number(row, "memory_free"),
                errorCodes(row.getString("error_codes")),
                number(row, "process_count"),
                noSkew ? Optional.empty() : Optional.of(Duration.ofMillis(skew)));
    }

    static List<Integer> errorCodes(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    static String errorCodes(List<Integer> codes) {
        return codes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
