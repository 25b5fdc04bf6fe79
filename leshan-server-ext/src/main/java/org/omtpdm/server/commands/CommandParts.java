package org.omtpdm.server.commands;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.reconcile.Alarm;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.store.Database;

/**
 * What the commands are made of, for the wiring: the {@link #queue} is a work source of the lane,
 * and {@link CommandService} and {@link JobService} stand on top of both.
 */
public final class CommandParts {

    private final Database database;
    private final CommandStore store = new CommandStore();
    private final JobLedger jobs;
    private final CommandLedger ledger;
    private final Performers performers;
    private final CommandQueue queue;

    /**
     * @param alarm for telling of jobs; closed by whoever made it
     * @param chance for pauses between attempts
     */
    public CommandParts(
            Database database,
            Events events,
            Audit audit,
            Performers performers,
            LanePolicy policy,
            Alarm alarm,
            RandomGenerator chance,
            Clock clock) {
        this.database = database;
        this.performers = performers;
        this.jobs = new JobLedger(database, events, alarm, clock);
        this.ledger = new CommandLedger(store, events, audit, jobs);
        var runner = new CommandRunner(database, ledger, performers, policy, chance, clock);
        this.queue = new CommandQueue(database, store, ledger, runner, clock);
    }

    public CommandParts(
            Database database,
            Events events,
            Audit audit,
            Performers performers,
            LanePolicy policy,
            Alarm alarm,
            Clock clock) {
        this(database, events, audit, performers, policy, alarm, new SecureRandom(), clock);
    }

    public CommandQueue queue() {
        return queue;
    }

    Database database() {
        return database;
    }

    CommandStore store() {
        return store;
    }

    JobLedger jobs() {
        return jobs;
    }

    CommandLedger ledger() {
        return ledger;
    }

    Performers performers() {
        return performers;
    }
}
