package org.omtpdm.server.devices;

/** {@link Presence} as an SQL expression, for SQLite and PostgreSQL alike. */
final class PresenceSql {

    private PresenceSql() {}

    /**
     * The position of the {@link DeviceState} of a row of {@code devices}, computed from its
     * columns and {@code :now} (epoch milliseconds).
     *
     * @param alias of the table in the query
     */
    static String state(String alias) {
        return """
               CASE
                 WHEN d.retired_at > 0 THEN 7
                 WHEN d.out_of_service_at > 0 THEN 6
                 WHEN d.registered_at = 0
                   THEN CASE WHEN d.refused_at > 0 THEN 5 ELSE 4 END
                 WHEN d.valid_until <= :now
                   THEN CASE WHEN d.refused_at > d.last_heard_at THEN 5 ELSE 3 END
                 WHEN d.queue_mode = 1 AND d.awake_until > :now THEN 0
                 WHEN d.expected_at + d.interval_ms / 4 < :now
                   THEN CASE WHEN d.refused_at > d.last_heard_at THEN 5 ELSE 2 END
                 ELSE d.queue_mode
               END"""
                .replace("d.", alias + ".");
    }
}
