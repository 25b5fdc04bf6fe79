package org.omtpdm.server.reconcile;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.store.Tx;

/** The table of planners' failed steps. */
final class PlannerAttempts {

    /** Attempts by step key. */
    Map<String, PlannedWork.Attempt> of(Handle handle, String deviceId, String planner) {
        var byKey = new HashMap<String, PlannedWork.Attempt>();
        handle.createQuery(
                        """
                        SELECT step_key, attempts, attempted_at, not_before FROM planner_attempts
                        WHERE device_id = :device AND planner = :planner
                        """)
                .bind("device", deviceId)
                .bind("planner", planner)
                .map(
                        (row, context) -> {
                            var until = row.getLong("not_before");
                            var refused = row.wasNull();
                            byKey.put(
                                    row.getString("step_key"),
                                    new PlannedWork.Attempt(
                                            row.getInt("attempts"),
                                            Instant.ofEpochMilli(row.getLong("attempted_at")),
                                            refused
                                                    ? Optional.empty()
                                                    : Optional.of(Instant.ofEpochMilli(until))));
                            return 0;
                        })
                .list();
        return byKey;
    }

    int record(
            Tx tx,
            String deviceId,
            String planner,
            String key,
            Optional<Instant> notBefore,
            String cause) {
        var old =
                tx.handle()
                        .createUpdate(
                                """
                                DELETE FROM planner_attempts
                                WHERE device_id = :device AND planner = :planner AND step_key NOT IN (
                                    SELECT step_key FROM planner_attempts
                                    WHERE device_id = :device AND planner = :planner
                                    ORDER BY attempted_at DESC LIMIT 400)
                                """)
                        .bind("device", deviceId)
                        .bind("planner", planner)
                        .execute();
        return old
                + tx.handle()
                        .createUpdate(
                                """
                                INSERT INTO planner_attempts
                                (device_id, planner, step_key, attempts, attempted_at, not_before, cause)
                                VALUES (:device, :planner, :key, 1, :now, :notBefore, :cause)
                                ON CONFLICT (device_id, planner, step_key) DO UPDATE SET
                                attempts = planner_attempts.attempts + 1, attempted_at = :now,
                                not_before = :notBefore, cause = :cause
                                """)
                        .bind("device", deviceId)
                        .bind("planner", planner)
                        .bind("key", key)
                        .bind("now", tx.now())
                        .bindByType("notBefore", notBefore.orElse(null), Instant.class)
                        .bind("cause", cause)
                        .execute();
    }

    int forget(Tx tx, String deviceId, String planner, String key) {
        return tx.handle()
                .createUpdate(
                        """
                        DELETE FROM planner_attempts
                        WHERE device_id = :device AND planner = :planner AND step_key = :key
                        """)
                .bind("device", deviceId)
                .bind("planner", planner)
                .bind("key", key)
                .execute();
    }

    List<String> devices(Handle handle) {
        return handle.createQuery("SELECT DISTINCT device_id FROM planner_attempts")
                .mapTo(String.class)
                .list();
    }

    List<String> due(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT DISTINCT device_id FROM planner_attempts WHERE not_before <= :now")
                .bind("now", now)
                .mapTo(String.class)
                .list();
    }

    Optional<Instant> nextDue(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT MIN(not_before) FROM planner_attempts WHERE not_before > :now")
                .bind("now", now)
                .mapTo(Instant.class)
                .findOne();
    }
}
