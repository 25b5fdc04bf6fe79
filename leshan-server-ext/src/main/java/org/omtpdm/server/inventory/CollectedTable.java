package org.omtpdm.server.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table {@code inventory_collected}: what the profile has read already. */
final class CollectedTable {

    private CollectedTable() {}

    /** When, and under which registration. */
    record Collected(String registrationId, Instant at) {}

    static Map<String, Collected> of(Handle handle, String deviceId) {
        var collected = new HashMap<String, Collected>();
        handle.createQuery(
                        """
                        SELECT path, registration_id, at FROM inventory_collected
                        WHERE device_id = :device
                        """)
                .bind("device", deviceId)
                .map(
                        (row, context) ->
                                collected.put(
                                        row.getString("path"),
                                        new Collected(
                                                row.getString("registration_id"),
                                                Instant.ofEpochMilli(row.getLong("at")))))
                .list();
        return collected;
    }

    static void put(
            Handle handle, String deviceId, String path, String registrationId, Instant at) {
        handle.createUpdate(
                        """
                        INSERT INTO inventory_collected (device_id, path, registration_id, at)
                        VALUES (:device, :path, :registration, :at)
                        ON CONFLICT (device_id, path) DO UPDATE
                        SET registration_id = excluded.registration_id, at = excluded.at
                        """)
                .bind("device", deviceId)
                .bind("path", path)
                .bind("registration", registrationId)
                .bind("at", at)
                .execute();
    }
}
