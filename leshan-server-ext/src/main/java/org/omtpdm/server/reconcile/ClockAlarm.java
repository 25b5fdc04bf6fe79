package org.omtpdm.server.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An alarm on a thread of its own. Thread-safe. */
public final class ClockAlarm implements Alarm {

    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;

    public ClockAlarm(Clock clock) {
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "lane-alarm"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void at(Instant when, Runnable task) {
        var delay = Math.max(1, Duration.between(clock.instant(), when).toMillis());
        timer.schedule(task, delay, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
