package org.omtpdm.client.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.omtpdm.client.operation.Effect;
import org.omtpdm.client.operation.Outcome;
import org.omtpdm.client.process.ProcessTable.Signalled;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.TerminateMode;

/**
 * Ends one process: asked first and forced after a grace time, or forced at once. Whatever happens,
 * only the process that was named by pid and start time is touched.
 *
 * @param isProtectedName whether processes of a name are configured never to be ended
 */
record Termination(
        ProcessTable table,
        long pid,
        Instant startTime,
        TerminateMode mode,
        Duration grace,
        java.util.function.Predicate<String> isProtectedName)
        implements Effect {

    /** How long a forced end may take; the kernel may be busy with it. */
    private static final Duration FORCED_END = Duration.ofSeconds(5);

    private static final Duration SLICE = Duration.ofMillis(200);

    @Override
    public Outcome run(Progress progress) throws IOException, InterruptedException {
        Optional<RunningProcess> found = table.find(pid);
        if (found.isEmpty()) {
            return Outcome.of(OperationResult.TARGET_NOT_FOUND, "no process has pid " + pid);
        }
        RunningProcess process = found.get();
        if (!process.entry().startTime().equals(startTime)) {
            return Outcome.of(
                    OperationResult.TARGET_CHANGED, "pid " + pid + " is another process now");
        }
        Optional<String> protection = protection(process);
        if (protection.isPresent()) {
            return Outcome.of(OperationResult.TARGET_PROTECTED, protection.get());
        }
        if (process.entry().state() == ProcessState.ZOMBIE) {
            return Outcome.of(
                    OperationResult.ALREADY_SO, "it has ended; its parent hasn't noticed yet");
        }
        return end(process, progress);
    }

    private Optional<String> protection(RunningProcess process) throws IOException {
        Optional<String> bySystem = table.protection(process);
        return bySystem.isPresent() || !isProtectedName.test(process.entry().name())
                ? bySystem
                : Optional.of("processes of this name are protected");
    }

    private Outcome end(RunningProcess process, Progress progress)
            throws IOException, InterruptedException {
        if (mode == TerminateMode.GRACEFUL) {
            Signalled asked = table.signal(process, TerminateMode.GRACEFUL);
            if (asked == Signalled.NOT_PERMITTED) {
                return notPermitted();
            }
            progress.reached(25);
            if (asked == Signalled.GONE || awaitEnd(process, grace, progress)) {
                return Outcome.ok();
            }
            if (progress.isCancelled()) {
                return Outcome.of(
                        OperationResult.CANCELLED_BY_SERVER,
                        "cancelled; it was asked to end, but not forced");
            }
            progress.reached(75);
        }
        Signalled forced = table.signal(process, TerminateMode.FORCED);
        if (forced == Signalled.NOT_PERMITTED) {
            return notPermitted();
        }
        return forced == Signalled.GONE || table.awaitEnd(process, FORCED_END)
                ? Outcome.ok()
                : Outcome.of(OperationResult.TIMEOUT, "it survives");
    }

    private boolean awaitEnd(RunningProcess process, Duration atMost, Progress progress)
            throws IOException, InterruptedException {
        Duration left = atMost;
        while (!progress.isCancelled()) {
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            if (table.awaitEnd(process, slice)) {
                return true;
            }
            left = left.minus(slice);
            if (left.isZero()) {
                return false;
            }
        }
        return false;
    }

    private static Outcome notPermitted() {
        return Outcome.of(
                OperationResult.TARGET_PROTECTED, "the system does not let the agent end it");
    }
}
