package org.omtpdm.server.commands;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.reconcile.PlannedStep;
import org.omtpdm.server.reconcile.Planner;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.reconcile.StepOutcome;
import org.omtpdm.server.reconcile.Turn;

/** Wants what is in a list; what is done leaves the list. */
record TestPlanner(List<String> wanted, Function<String, StepOutcome> outcome) implements Planner {

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Rank rank() {
        return Rank.COLLECTION;
    }

    @Override
    public List<PlannedStep> plan(ManagedDevice device) {
        return wanted.stream().map(this::step).toList();
    }

    private PlannedStep step(String key) {
        return new PlannedStep() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public CompletableFuture<StepOutcome> run(Turn turn) {
                var ended = outcome.apply(key);
                if (ended instanceof StepOutcome.Done) {
                    wanted.remove(key);
                }
                return CompletableFuture.completedFuture(ended);
            }
        };
    }
}
