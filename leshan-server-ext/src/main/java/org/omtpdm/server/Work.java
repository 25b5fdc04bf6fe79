package org.omtpdm.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.commands.CommandParts;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.commands.DeviceSelection;
import org.omtpdm.server.commands.JobService;
import org.omtpdm.server.commands.Performers;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.lwm2m.DeviceLink;
import org.omtpdm.server.reconcile.ClockAlarm;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.Lane;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.reconcile.PlannedWork;
import org.omtpdm.server.reconcile.Planner;
import org.omtpdm.server.store.Database;

/** The lane with all that goes through it: wired here, started with {@link #start}. */
record Work(Lane lane, CommandService commands, JobService jobs) {

    private static final int LANE_THREADS = 8;
    private static final int WAITING_TURNS = 100_000;

    /** What the lane stands on. */
    record Ground(
            Database database,
            Events events,
            Audit audit,
            DeviceLink link,
            DeviceDirectory devices,
            DeviceSelection selection,
            LanePolicy policy,
            Clock clock) {}

    static Work wire(
            Ground ground,
            List<CommandPerformer> performers,
            List<Planner> planners,
            Closing closing) {
        var alarm = closing.add(new ClockAlarm(ground.clock()));
        var parts =
                new CommandParts(
                        ground.database(),
                        ground.events(),
                        ground.audit(),
                        new Performers(performers),
                        ground.policy(),
                        alarm,
                        ground.clock());
        var planned =
                new PlannedWork(
                        ground.database(),
                        planners,
                        ground.policy(),
                        new SecureRandom(),
                        ground.clock());
        var threads = laneThreads();
        closing.add(threads::shutdownNow);
        var lane =
                closing.add(
                        new Lane(
                                ground.policy(),
                                ground.link(),
                                ground.devices(),
                                List.of(parts.queue(), planned),
                                threads,
                                alarm,
                                ground.clock()));
        return new Work(
                lane,
                new CommandService(parts, ground.devices(), ground.audit(), lane),
                new JobService(parts, ground.devices(), ground.selection(), ground.audit(), lane));
    }

    private static ExecutorService laneThreads() {
        var number = new AtomicInteger();
        var threads =
                new ThreadPoolExecutor(
                        LANE_THREADS,
                        LANE_THREADS,
                        60,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING_TURNS),
                        task -> new Thread(task, "lane-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Takes up what was left undone, and goes on from there. */
    void start() {
        lane.start();
    }
}
