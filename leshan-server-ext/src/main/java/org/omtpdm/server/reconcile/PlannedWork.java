package org.omtpdm.server.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The planners as a source of work: runs the first step a planner wants that isn't refused or
 * pausing, and remembers how steps failed. Thread-safe.
 */
public final class PlannedWork implements WorkSource {

    private static final Logger LOG = LoggerFactory.getLogger(PlannedWork.class);

    /** Keys remembered per planner and device; a planner that wants more is at fault. */
    private static final int MAXIMUM_KEYS = 200;

    private final Database database;
    private final List<Planner> planners;
    private final LanePolicy policy;
    private final RandomGenerator chance;
    private final Clock clock;
    private final PlannerAttempts attempts = new PlannerAttempts();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    public PlannedWork(
            Database database,
            List<Planner> planners,
            LanePolicy policy,
            RandomGenerator chance,
            Clock clock) {
        this.database = database;
        this.planners = planners.stream().sorted(Comparator.comparing(Planner::rank)).toList();
        this.policy = policy;
        this.chance = chance;
        this.clock = clock;
    }

    @Override
    public void begin() {
        failing.addAll(database.read(attempts::devices));
    }

    @Override
    public Optional<Work> next(ManagedDevice device, Instant lastHeard, Optional<Rank> before) {
        for (var planner : planners) {
            if (before.isPresent() && !planner.rank().isBefore(before.get())) {
                return Optional.empty();
            }
            var step = firstOf(planner, device, lastHeard);
            if (step.isPresent()) {
                return Optional.of(new PlannedStepWork(planner, step.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<PlannedStep> firstOf(
            Planner planner, ManagedDevice device, Instant lastHeard) {
        var steps = planner.plan(device);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        var known = database.read(handle -> attempts.of(handle, device.id(), planner.name()));
        var now = clock.instant();
        return steps.stream()
                .limit(MAXIMUM_KEYS)
                .filter(
                        step ->
                                Optional.ofNullable(known.get(step.key()))
                                        .map(attempt -> attempt.isDue(now, lastHeard, policy))
                                        .orElse(true))
                .findFirst();
    }

    @Override
    public Set<String> due(Instant now) {
        return new HashSet<>(database.read(handle -> attempts.due(handle, now)));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return database.read(handle -> attempts.nextDue(handle, now));
    }

    @Override
    public Set<String> devices() {
        return Set.copyOf(failing);
    }

    @Override
    public boolean mayHaveWork(String deviceId) {
        return failing.contains(deviceId);
    }

    @Override
    public boolean notified(String deviceId, ResourcePath path) {
        return false;
    }

    @Override
    public void registeredAnew(String deviceId) {
        // planners plan anew
    }

    /** One step of one planner. */
    private final class PlannedStepWork implements Work {
        private final Planner planner;
        private final PlannedStep step;

        PlannedStepWork(Planner planner, PlannedStep step) {
            this.planner = planner;
            this.step = step;
        }

        @Override
        public Rank rank() {
            return planner.rank();
        }

        @Override
        public CompletableFuture<After> run(Turn turn) {
            return step.run(turn)
                    .exceptionally(
                            bug -> {
                                LOG.error(
                                        "Step {} of planner {} failed on {}",
                                        step.key(),
                                        planner.name(),
                                        turn.device().endpoint(),
                                        bug);
                                return new StepOutcome.Refused("the server failed", "internal");
                            })
                    .thenApply(outcome -> conclude(turn.device(), outcome));
        }

        private After conclude(ManagedDevice device, StepOutcome outcome) {
            var id = device.id();
            if (outcome instanceof StepOutcome.Done || outcome instanceof StepOutcome.Overtaken) {
                if (failing.contains(id)) {
                    database.write(tx -> attempts.forget(tx, id, planner.name(), step.key()));
                }
                return After.MORE;
            }
            failing.add(id);
            if (outcome instanceof StepOutcome.Refused refused) {
                LOG.debug("{} refused {}: {}", device.endpoint(), step.key(), refused.words());
                database.write(
                        tx ->
                                attempts.record(
                                        tx,
                                        id,
                                        planner.name(),
                                        step.key(),
                                        Optional.empty(),
                                        refused.words()));
                return After.MORE;
            }
            var silent = outcome instanceof StepOutcome.Silent;
            var again =
                    database.write(
                            tx -> {
                                var tried =
                                        attempts.of(tx.handle(), id, planner.name())
                                                .get(step.key());
                                var number = silent && tried != null ? tried.attempts() + 1 : 1;
                                var until = tx.now().plus(policy.pauseAfter(number, chance));
                                attempts.record(
                                        tx,
                                        id,
                                        planner.name(),
                                        step.key(),
                                        Optional.of(until),
                                        silent ? "no answer" : "not sent");
                                return until;
                            });
            return new After(silent, Optional.of(again));
        }
    }

    /** What is known of a step that failed. Visible for {@link PlannerAttempts}. */
    record Attempt(int attempts, Instant attemptedAt, Optional<Instant> notBefore) {

        boolean isDue(Instant now, Instant lastHeard, LanePolicy policy) {
            var contact = attempts < policy.attempts() && lastHeard.isAfter(attemptedAt);
            return notBefore.map(until -> contact || !until.isAfter(now)).orElse(false);
        }
    }
}
