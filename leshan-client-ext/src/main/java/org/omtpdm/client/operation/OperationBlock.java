package org.omtpdm.client.operation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.omtpdm.client.log.DeviceLog;
import org.omtpdm.client.object.Changes;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.state.Journal;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.LogClass;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources 30 to 35, which every object of ours that runs operations has (OBJECTS.md C.2): one
 * operation at a time, and never the same twice. Who asked and with which correlator is in the
 * store before the effect begins and before the request is answered; a correlator known from the
 * last operations is answered without a second effect, also after a restart. An operation that a
 * restart interrupted ends with result 14. Thread-safe.
 */
public final class OperationBlock {

    private static final Logger LOG = LoggerFactory.getLogger(OperationBlock.class);

    /** So many operations are known again by their correlator. */
    private static final int REMEMBERED = 16;

    /** An answer waits so long for the effect to end, so that a server mostly sees it done. */
    private static final long ANSWER_WAITS_MILLIS = 500;

    private static final ArgumentRules CANCEL = ArgumentRules.of("Cancel");

    /** Whether what is shown as current has been cancelled, and how far it is. */
    private final class Work implements Effect.Progress {
        private volatile boolean cancelled;
        private volatile int percent;

        @Override
        public void reached(int reached) {
            if (percent != reached) {
                percent = reached;
                changes.resources(objectId, instanceId, OperationResources.OPERATION_PROGRESS);
            }
        }

        @Override
        public boolean isCancelled() {
            return cancelled || Thread.currentThread().isInterrupted();
        }
    }

    /** A listing that shows itself in these resources; see {@link #show}. */
    public interface Shown extends Effect.Progress {
        void end(Outcome outcome);
    }

    private final int objectId;
    private final int instanceId;
    private final StateStore state;
    private final Journal journal;
    private final Changes changes;
    private final Executor work;
    private final DeviceLog log;
    private final String key;

    /** Newest first. */
    private final List<Operation> operations;

    private Operation current;
    private boolean isRunning;
    private boolean isStopped;
    private Optional<Work> working = Optional.empty();

    public OperationBlock(DeviceContext context, int objectId, int instanceId) throws IOException {
        this.objectId = objectId;
        this.instanceId = instanceId;
        this.state = context.state();
        this.journal = context.journal();
        this.changes = context.changes();
        this.work = context.work();
        this.log = context.log();
        this.key = "operation/" + objectId + "/" + instanceId;
        this.operations = new ArrayList<>(Operation.readAll(state.get(key).orElse("")));
        endInterrupted();
        this.current = operations.isEmpty() ? Operation.NONE : operations.get(0);
    }

    private void endInterrupted() throws IOException {
        if (operations.stream()
                .anyMatch(operation -> operation.state() == OperationState.RUNNING)) {
            operations.replaceAll(
                    operation ->
                            operation.state() == OperationState.RUNNING
                                    ? operation.ended(
                                            Outcome.of(
                                                    OperationResult.INTERRUPTED_BY_REBOOT,
                                                    "the device restarted"))
                                    : operation);
            state.put(key, Operation.printAll(operations));
        }
    }

    /** Adds the six resources to an instance's table. */
    public void addTo(ResourceTable table) {
        table.unsigned(OperationResources.OPERATION_STATE, () -> current().state().code())
                .unsigned(
                        OperationResources.OPERATION_RESULT,
                        () -> current().outcome().result().code())
                .unsigned(
                        OperationResources.OPERATION_TOKEN, () -> current().correlator().orElse(0L))
                .unsigned(OperationResources.OPERATION_PROGRESS, this::progress)
                .execute(OperationResources.CANCEL, this::cancel)
                .text(OperationResources.OPERATION_DETAIL, () -> current().outcome().detail());
    }

    private synchronized Operation current() {
        return current;
    }

    private synchronized long progress() {
        return working.map(work -> work.percent)
                .orElse(current.state() == OperationState.SUCCEEDED ? 100 : 0);
    }

    /**
     * Shows work that has no effect, a listing, as if it were an operation, unless a real one is
     * running. It keeps nothing from beginning and isn't remembered.
     */
    public Shown show(Requester requester, int resourceId, Optional<Long> correlator) {
        Operation started = Operation.started(requester.shortServerId(), resourceId, correlator);
        Work listing = new Work();
        synchronized (this) {
            if (!isRunning) {
                current = started;
                working = Optional.of(listing);
            }
        }
        return new Shown() {
            @Override
            public void end(Outcome outcome) {
                synchronized (OperationBlock.this) {
                    if (current == started) {
                        current = started.ended(outcome);
                        working = Optional.empty();
                    }
                }
                tell();
            }

            @Override
            public void reached(int percent) {
                listing.reached(percent);
            }

            @Override
            public boolean isCancelled() {
                return listing.isCancelled();
            }
        };
    }

    /**
     * Begins an operation. When this returns it is begun or, known by its correlator, was begun
     * earlier.
     *
     * @throws Refusal when another one is running, or the state can't be stored; nothing has begun
     *     then
     */
    public void run(Requester requester, int resourceId, Optional<Long> correlator, Effect effect)
            throws Refusal {
        FutureTask<Outcome> task;
        Operation started;
        synchronized (this) {
            Optional<Operation> known = find(requester.shortServerId(), correlator);
            if (known.isPresent()) {
                if (!isRunning) {
                    current = known.get();
                    working = Optional.empty();
                }
                return;
            }
            if (isRunning) {
                throw Refusal.busy(current.resourceId());
            }
            started = Operation.started(requester.shortServerId(), resourceId, correlator);
            remember(started);
            isRunning = true;
            Work begun = new Work();
            working = Optional.of(begun);
            task = task(started, begun, effect);
        }
        tell();
        start(task, started);
        try {
            task.get(ANSWER_WAITS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // it goes on; how it ends is seen in State and Result
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Operation> find(int shortServerId, Optional<Long> correlator) {
        return operations.stream()
                .filter(operation -> operation.isCalled(shortServerId, correlator))
                .findFirst();
    }

    private void remember(Operation started) throws Refusal {
        List<Operation> remembered =
                new ArrayList<>(operations.subList(0, Math.min(operations.size(), REMEMBERED - 1)));
        remembered.add(0, started);
        try {
            state.put(key, Operation.printAll(remembered));
            journal.begin(
                    started.shortServerId(), path(started.resourceId()), started.correlator());
        } catch (IOException e) {
            LOG.warn(
                    "Begin {}: the state cannot be stored, refused: {}",
                    path(started.resourceId()),
                    e.toString());
            throw Refusal.stateNotKept();
        }
        operations.clear();
        operations.addAll(remembered);
        current = started;
    }

    private FutureTask<Outcome> task(Operation started, Work begun, Effect effect) {
        return new FutureTask<>(
                () -> {
                    Outcome outcome = outcome(started, begun, effect);
                    end(started, outcome);
                    return outcome;
                });
    }

    private void start(FutureTask<Outcome> task, Operation started) {
        try {
            work.execute(task);
        } catch (RejectedExecutionException e) {
            // too much at once; when the agent is stopping this does nothing, and after the restart
            // the operation is found interrupted
            end(started, Outcome.of(OperationResult.UNSPECIFIED, "too much to do at once"));
            task.cancel(false);
        }
    }

    private static Outcome outcome(Operation started, Work begun, Effect effect) {
        try {
            return effect.run(begun);
        } catch (InterruptedException e) {
            return Outcome.of(OperationResult.CANCELLED_BY_SERVER, "cancelled");
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            LOG.warn("Operation of resource {} failed", started.resourceId(), e);
            return Outcome.of(OperationResult.UNSPECIFIED, e.getClass().getSimpleName());
        }
    }

    /** The device stops: what runs is cut off, and found interrupted at the next start. */
    public synchronized void stop() {
        isStopped = true;
        working.ifPresent(work -> work.cancelled = true);
    }

    private void end(Operation started, Outcome outcome) {
        synchronized (this) {
            if (isStopped) {
                return;
            }
            Operation ended = started.ended(outcome);
            operations.replaceAll(operation -> operation.equals(started) ? ended : operation);
            current = ended;
            isRunning = false;
            working = Optional.empty();
            try {
                state.put(key, Operation.printAll(operations));
            } catch (IOException e) {
                LOG.warn(
                        "End of {}: the state cannot be stored: {}",
                        path(started.resourceId()),
                        e.toString());
            }
        }
        tell();
        log.record(
                LogClass.SECURITY,
                "server "
                        + started.shortServerId()
                        + " "
                        + path(started.resourceId())
                        + started.correlator().map(number -> " correlator " + number).orElse("")
                        + " ended with "
                        + outcome.result().code()
                        + " "
                        + outcome.detail());
    }

    private void cancel(Requester requester, byte[] arguments) throws Refusal {
        try {
            CANCEL.parse(arguments);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        synchronized (this) {
            if (working.isEmpty()) {
                throw Refusal.notAllowed("state:" + current.state().code());
            }
            working.get().cancelled = true;
        }
    }

    private void tell() {
        changes.resources(
                objectId,
                instanceId,
                OperationResources.OPERATION_STATE,
                OperationResources.OPERATION_RESULT,
                OperationResources.OPERATION_PROGRESS);
    }

    private String path(int resourceId) {
        return "/" + objectId + "/" + instanceId + "/" + resourceId;
    }
}
