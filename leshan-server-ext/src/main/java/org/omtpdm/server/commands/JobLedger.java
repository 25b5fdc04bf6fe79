package org.omtpdm.server.commands;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.reconcile.Alarm;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/**
 * Keeps jobs in step with their commands: a job is finished in the transaction that ends its last
 * command, and its changes are told at most once a second. Thread-safe.
 */
final class JobLedger {

    private static final Duration PULSE = Duration.ofSeconds(1);

    private final Database database;
    private final Events events;
    private final Alarm alarm;
    private final Clock clock;
    private final Set<String> changed = new HashSet<>();

    JobLedger(Database database, Events events, Alarm alarm, Clock clock) {
        this.database = database;
        this.events = events;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** Something in the job changed; told soon. */
    void changed(String jobId) {
        synchronized (changed) {
            if (!changed.add(jobId) || changed.size() > 1) {
                return;
            }
        }
        alarm.at(clock.instant().plus(PULSE), this::tellAll);
    }

    private void tellAll() {
        Set<String> jobs;
        synchronized (changed) {
            jobs = Set.copyOf(changed);
            changed.clear();
        }
        database.writeAsync(
                tx -> {
                    jobs.forEach(job -> tell(tx, job));
                    return null;
                });
    }

    /** A command of the job ended; the job is finished when it was the last. */
    void commandEnded(Tx tx, String jobId) {
        var open =
                tx.handle()
                        .createQuery(
                                """
                                SELECT id FROM commands
                                WHERE job_id = :job AND state IN ('Waiting', 'Working') LIMIT 1
                                """)
                        .bind("job", jobId)
                        .mapTo(String.class)
                        .findOne();
        if (open.isPresent()) {
            changed(jobId);
            return;
        }
        var finished =
                tx.handle()
                        .createUpdate(
                                """
                                UPDATE jobs SET ended_at = :now,
                                state = CASE WHEN state = 'running' THEN 'finished' ELSE state END
                                WHERE id = :job AND ended_at IS NULL
                                """)
                        .bind("now", tx.now())
                        .bind("job", jobId)
                        .execute();
        if (finished > 0) {
            tell(tx, jobId);
        }
    }

    /** Tells of the job as it is now. */
    void tell(Tx tx, String jobId) {
        tx.handle()
                .createQuery("SELECT title, state, total FROM jobs WHERE id = :job")
                .bind("job", jobId)
                .mapToMap()
                .findOne()
                .ifPresent(
                        job -> {
                            var counts = counts(tx.handle(), jobId);
                            var title = job.get("title").toString();
                            var state = job.get("state").toString();
                            Map<String, Object> data =
                                    Map.of(
                                            "jobId", jobId,
                                            "title", title,
                                            "state", state,
                                            "total", job.get("total"),
                                            "counts", counts);
                            events.publish(
                                    tx,
                                    NewEvent.of("job.changed", title + ": " + state).with(data));
                        });
    }

    /** How many commands of the job are in each state; those retried later are left out. */
    static Map<String, Integer> counts(Handle handle, String jobId) {
        var counts = new HashMap<String, Integer>();
        handle.createQuery(
                        """
                        SELECT state, COUNT(*) AS commands FROM commands
                        WHERE job_id = :job AND superseded = 0 GROUP BY state
                        """)
                .bind("job", jobId)
                .map((row, context) -> counts.put(row.getString("state"), row.getInt("commands")))
                .list();
        return counts;
    }
}
