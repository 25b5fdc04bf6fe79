package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.omtpdm.server.commands.CommandLedger.Change;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.reconcile.Turn;
import org.omtpdm.server.reconcile.WorkSource;
import org.omtpdm.server.reconcile.WorkSource.After;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one command in a turn, and decides from the outcome how it goes on. Thread-safe. */
final class CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    private static final String SERVER_FAILED =
            "The server failed while doing it; its log says more";

    private final Database database;
    private final CommandLedger ledger;
    private final Performers performers;
    private final LanePolicy policy;
    private final RandomGenerator chance;
    private final Clock clock;

    /** Commands in somebody's hands now. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    CommandRunner(
            Database database,
            CommandLedger ledger,
            Performers performers,
            LanePolicy policy,
            RandomGenerator chance,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.performers = performers;
        this.policy = policy;
        this.chance = chance;
        this.clock = clock;
    }

    boolean isRunning(String commandId) {
        return running.contains(commandId);
    }

    WorkSource.Work work(CommandRow row) {
        return new WorkSource.Work() {
            @Override
            public Rank rank() {
                return row.rank();
            }

            @Override
            public CompletableFuture<After> run(Turn turn) {
                return CommandRunner.this.run(row, turn);
            }
        };
    }

    private CompletableFuture<After> run(CommandRow chosen, Turn turn) {
        if (!running.add(chosen.id())) {
            return CompletableFuture.completedFuture(After.NOTHING);
        }
        CompletableFuture<After> after;
        try {
            after =
                    claim(chosen)
                            .map(row -> perform(row, turn))
                            .orElseGet(() -> CompletableFuture.completedFuture(After.MORE));
        } catch (RuntimeException | Error e) {
            after = CompletableFuture.failedFuture(e);
        }
        return after.whenComplete((done, bug) -> running.remove(chosen.id()));
    }

    /** Makes the command ours; empty when it was cancelled or expired in between. */
    private Optional<CommandRow> claim(CommandRow chosen) {
        if (clock.instant().isAfter(chosen.expiresAt())) {
            database.write(tx -> expire(tx, chosen));
            return Optional.empty();
        }
        if (chosen.phase().isCommitted()) {
            return Optional.of(chosen);
        }
        return database.write(
                tx -> {
                    var claimed =
                            ledger.apply(
                                    tx,
                                    chosen.id(),
                                    chosen.phase(),
                                    new Change().phase(Phase.CLAIMED).state(CommandState.WORKING));
                    claimed.filter(row -> !row.changes()).ifPresent(row -> ledger.tell(tx, row));
                    return claimed;
                });
    }

    private CompletableFuture<After> perform(CommandRow row, Turn turn) {
        var performance = new ActivePerformance(turn, database, ledger, row);
        var performer = performers.of(row.kind());
        CompletableFuture<Outcome> outcome;
        try {
            outcome =
                    lacksObject(row, turn)
                            ? CompletableFuture.completedFuture(lacking(row))
                            : row.phase().isCommitted()
                                    ? performer.recover(performance)
                                    : performer.perform(performance);
        } catch (RuntimeException | Error e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        return outcome.handle((ended, problem) -> conclude(performance.row(), ended, problem));
    }

    private static boolean lacksObject(CommandRow row, Turn turn) {
        return !row.phase().isCommitted()
                && row.objectId().isPresent()
                && turn.device().everSeen()
                && !turn.device().objects().contains(row.objectId().getAsInt());
    }

    private static Outcome lacking(CommandRow row) {
        var object = row.objectId().orElseThrow();
        return new Outcome.Refused(
                "The device does not have object " + object, Optional.of("/" + object));
    }

    private After conclude(CommandRow row, Outcome outcome, Throwable problem) {
        var how = problem == null ? outcome : outcomeOf(row, problem);
        try {
            return database.write(tx -> conclude(tx, row, how));
        } catch (RuntimeException e) {
            LOG.error("The outcome of command {} ({}) can't be stored", row.id(), row.kind(), e);
            return database.write(tx -> unknown(tx, row, SERVER_FAILED));
        }
    }

    private static Outcome outcomeOf(CommandRow row, Throwable problem) {
        var cause = problem instanceof CompletionException ? problem.getCause() : problem;
        if (cause instanceof EndedException ended) {
            return ended.outcome();
        }
        LOG.error("Command {} ({}) failed", row.id(), row.kind(), cause);
        return new Outcome.Unknown(SERVER_FAILED);
    }

    private After conclude(Tx tx, CommandRow row, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            done.store().accept(tx);
            var kind = done.verified() ? StepKind.VERIFIED : StepKind.DONE;
            var step = CommandLedger.at(tx, kind, done.text()).withCode(done.code());
            end(tx, row, CommandState.DONE, Optional.empty(), done.result(), step);
            return After.MORE;
        }
        if (outcome instanceof Outcome.Refused refused) {
            refused.store().accept(tx);
            return refused(tx, row, refused.cause(), refused.code());
        }
        if (outcome instanceof Outcome.Unknown unknown) {
            return unknown(tx, row, unknown.cause());
        }
        if (outcome instanceof Outcome.Busy busy) {
            return row.attempts() + 1 >= policy.attempts()
                    ? refused(tx, row, busy.cause(), busy.code())
                    : pause(tx, row, busy.cause(), StepKind.RETRIED, busy.code(), false);
        }
        if (outcome instanceof Outcome.Silent silent) {
            return silent(tx, row, silent);
        }
        if (outcome instanceof Outcome.Parked parked) {
            return park(tx, row, parked);
        }
        return notSent(tx, row, ((Outcome.NotSent) outcome).reason());
    }

    private After refused(Tx tx, CommandRow row, String cause, Optional<String> code) {
        var step = CommandLedger.at(tx, StepKind.REFUSED, "Refused by the device: " + cause);
        end(
                tx,
                row,
                CommandState.REFUSED,
                Optional.of(cause),
                Optional.empty(),
                step.withCode(code));
        return After.MORE;
    }

    private After unknown(Tx tx, CommandRow row, String cause) {
        var step = CommandLedger.at(tx, StepKind.UNKNOWN, cause);
        end(tx, row, CommandState.UNKNOWN, Optional.of(cause), Optional.empty(), step);
        return After.MORE;
    }

    private void end(
            Tx tx,
            CommandRow row,
            CommandState state,
            Optional<String> cause,
            Optional<JsonNode> result,
            TimelineStep step) {
        ledger.end(tx, row, state, cause, result, step);
    }

    private After silent(Tx tx, CommandRow row, Outcome.Silent silent) {
        var text = "No answer within " + silent.waited().toSeconds() + " s";
        if (row.attempts() + 1 < policy.attempts()) {
            return pause(tx, row, text, StepKind.SILENT, Optional.empty(), true);
        }
        if (row.needsProof()) {
            return unknown(tx, row, "It was sent, and the device no longer answers");
        }
        var step = CommandLedger.at(tx, StepKind.SILENT, text + "; given up");
        end(
                tx,
                row,
                CommandState.NO_ANSWER,
                Optional.of("No answer from the device"),
                Optional.empty(),
                step);
        return After.MORE;
    }

    /** Tries again later: what was committed stays so, all else is queued again. */
    private After pause(
            Tx tx,
            CommandRow row,
            String text,
            StepKind kind,
            Optional<String> code,
            boolean onContact) {
        var until = tx.now().plus(policy.pauseAfter(row.attempts() + 1, chance));
        var change =
                backInLine(row)
                        .set("attempts", row.attempts() + 1)
                        .set("attempted_at", tx.now().toEpochMilli())
                        .set("not_before", until.toEpochMilli())
                        .set("on_contact", onContact ? 1 : 0);
        ledger.apply(tx, row.id(), row.phase(), change)
                .ifPresent(
                        now -> {
                            ledger.step(tx, now, CommandLedger.at(tx, kind, text).withCode(code));
                            ledger.tell(tx, now);
                        });
        return new After(true, Optional.of(until));
    }

    private After notSent(Tx tx, CommandRow row, String reason) {
        var until = tx.now().plus(policy.pauseAfter(1, chance));
        var change =
                backInLine(row)
                        .set("attempted_at", tx.now().toEpochMilli())
                        .set("not_before", until.toEpochMilli())
                        .set("on_contact", 1);
        ledger.apply(tx, row.id(), row.phase(), change)
                .ifPresent(
                        now -> {
                            var text = "Not sent (" + reason + "); goes on at its next contact";
                            ledger.step(tx, now, CommandLedger.at(tx, StepKind.QUEUED, text));
                            ledger.tell(tx, now);
                        });
        return new After(false, Optional.of(until));
    }

    private static Change backInLine(CommandRow row) {
        return row.needsProof() ? new Change().phase(Phase.INTENDED) : requeued(row);
    }

    /** Begins from the start; what a change already did is kept. */
    static Change requeued(CommandRow row) {
        var change = new Change().phase(Phase.QUEUED).state(CommandState.WAITING);
        return row.changes() ? change : change.set("memo", null);
    }

    private After park(Tx tx, CommandRow row, Outcome.Parked parked) {
        var lapsed = row.phase() == Phase.PARKED && row.notBefore().isPresent();
        var attempts = row.attempts() + (lapsed ? 1 : 0);
        if (attempts >= policy.attempts()) {
            return unknown(tx, row, "The device began it and does not finish");
        }
        var change =
                new Change()
                        .phase(Phase.PARKED)
                        .set("attempts", attempts)
                        .set("attempted_at", tx.now().toEpochMilli())
                        .set("not_before", parked.until().toEpochMilli())
                        .set("on_contact", 0);
        parked.memo().ifPresent(memo -> change.set("memo", Json.write(memo)));
        ledger.apply(tx, row.id(), row.phase(), change)
                .ifPresent(
                        now -> {
                            if (row.phase() != Phase.PARKED) {
                                ledger.step(
                                        tx,
                                        now,
                                        CommandLedger.at(tx, StepKind.PROGRESS, parked.text()));
                            }
                            ledger.tell(tx, now);
                        });
        return new After(true, Optional.of(parked.until()));
    }

    /** Ends a command whose time is over. */
    Optional<CommandRow> expire(Tx tx, CommandRow row) {
        if (row.needsProof()) {
            var cause = "It was sent, and the device did not say in time whether it happened";
            return ledger.end(
                    tx,
                    row,
                    CommandState.UNKNOWN,
                    Optional.of(cause),
                    Optional.empty(),
                    CommandLedger.at(tx, StepKind.UNKNOWN, cause));
        }
        return ledger.end(
                tx,
                row,
                CommandState.EXPIRED,
                Optional.of("The device did not come in time"),
                Optional.empty(),
                CommandLedger.at(
                        tx, StepKind.EXPIRED, "The device did not come in time; nothing was sent"));
    }

    /** Bytes that commands brought are kept for a while only. */
    void forgetContents(Instant now) {
        var old =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT COUNT(*) FROM command_contents
                                                WHERE expires_at <= :now
                                                """)
                                        .bind("now", now)
                                        .mapTo(Integer.class)
                                        .one());
        if (old == 0) {
            return;
        }
        database.write(
                tx ->
                        tx.handle()
                                .createUpdate(
                                        "DELETE FROM command_contents WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
