package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.AuditStore;
import org.omtpdm.server.events.Event;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.files.FileContents;
import org.omtpdm.server.files.FileDeletePerformer;
import org.omtpdm.server.files.FileFetchPerformer;
import org.omtpdm.server.files.FileListPerformer;
import org.omtpdm.server.files.FileStatPerformer;
import org.omtpdm.server.processes.ProcessListPerformer;
import org.omtpdm.server.processes.TerminatePerformer;
import org.omtpdm.server.reconcile.Lane;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.reconcile.PlannedWork;
import org.omtpdm.server.reconcile.Planner;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;
import org.omtpdm.server.store.TestClock;
import org.omtpdm.server.store.TestDatabase;

/**
 * The lane with its commands on a real database, model devices, and time and network in the test's
 * hand. {@link #crash} drops everything but the database and the devices.
 */
public final class LaneRig implements AutoCloseable {

    public static final Caller ANNA = Caller.user("anna", List.of(Role.values()));

    public final TestClock clock = new TestClock();
    public final Database database;
    public final Events events;
    public final EventStore eventStore;
    public final Audit audit;
    public final AuditStore auditStore;
    public final ModelFleet fleet = new ModelFleet(clock);
    public final List<Event> published = new CopyOnWriteArrayList<>();
    public final List<Planner> planners = new ArrayList<>();
    public LanePolicy policy =
            new LanePolicy(
                    100, Duration.ofSeconds(45), 6, Duration.ofSeconds(5), Duration.ofMinutes(15));
    private final Random chance;

    ManualExecutor executor;
    ManualAlarm alarm;
    private ManualAlarm jobAlarm;
    public Lane lane;
    public CommandService commands;
    public final FileContents contents;
    public JobService jobs;

    public LaneRig(TestDatabase kind, long seed) {
        database = kind.open(clock);
        eventStore = new EventStore(database);
        events = new Events(eventStore);
        auditStore = new AuditStore(database);
        audit = new Audit(auditStore);
        events.subscribe(published::add);
        contents = new FileContents(database, SecretBox.ofHex("00".repeat(32)));
        chance = new Random(seed);
    }

    public static LaneRig on(TestDatabase kind) {
        return new LaneRig(kind, 1);
    }

    /** Adds a device, known to the database too. */
    public ModelDevice device(String endpoint) {
        database.write(
                tx ->
                        tx.handle()
                                .createUpdate(
                                        """
                                        INSERT INTO devices (id, name_key, search, endpoint, created_at)
                                        VALUES (:id, :endpoint, :endpoint, :endpoint, 0)
                                        """)
                                .bind("id", "id-" + endpoint)
                                .bind("endpoint", endpoint)
                                .execute());
        return fleet.add(new ModelDevice(endpoint));
    }

    /** Adds many devices at once; returns their ids. */
    public List<String> manyDevices(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            fleet.add(new ModelDevice("m" + i));
            ids.add("id-m" + i);
        }
        return ids;
    }

    /** Starts a server on what is in the database. */
    public LaneRig start() {
        executor = new ManualExecutor();
        alarm = new ManualAlarm();
        jobAlarm = new ManualAlarm();
        var performers =
                new Performers(
                        List.of(
                                new ProcessListPerformer(database, events),
                                new TerminatePerformer(events),
                                new FileListPerformer(events),
                                new FileStatPerformer(),
                                new FileFetchPerformer(contents),
                                new FileDeletePerformer(events)));
        var parts =
                new CommandParts(
                        database, events, audit, performers, policy, jobAlarm, chance, clock);
        var planned = new PlannedWork(database, planners, policy, chance, clock);
        lane =
                new Lane(
                        policy,
                        fleet,
                        fleet,
                        List.of(parts.queue(), planned),
                        executor,
                        alarm,
                        clock);
        commands = new CommandService(parts, fleet, audit, lane);
        jobs = new JobService(parts, fleet, fleet, audit, lane);
        lane.start();
        return this;
    }

    /** The server is gone in this moment; requests under way may still reach devices. */
    public void crash() {
        executor.drop();
        alarm.close();
        jobAlarm.close();
        database.settle();
    }

    /** Runs the lane and delivers every request until nothing moves. */
    public void run() {
        do {
            executor.runAll();
            if (!fleet.flights.isEmpty()) {
                fleet.flights.get(0).deliver();
            }
            executor.runAll();
        } while (!fleet.flights.isEmpty());
    }

    /** Runs the lane's own steps until it waits for the network. */
    public void think() {
        executor.runAll();
    }

    /** Time passes; alarms ring. */
    public void pass(Duration time) {
        clock.advance(time);
        alarm.ring(clock.instant());
        jobAlarm.ring(clock.instant());
        executor.runAll();
    }

    /** To the next alarm of the lane, but not further than this. */
    public void passToNextAlarm(Duration atMost) {
        var limit = clock.instant().plus(atMost);
        var next = alarm.next().filter(at -> at.isBefore(limit)).orElse(limit);
        pass(
                Duration.between(
                        clock.instant(), next.isBefore(clock.instant()) ? clock.instant() : next));
    }

    public Command request(String endpoint, CommandKind kind, JsonNode arguments) {
        return commands.request(
                ANNA, "id-" + endpoint, kind, arguments, Optional.of("test"), Optional.empty());
    }

    public Command terminate(String endpoint, long pid) {
        return request(
                endpoint,
                CommandKind.PROCESS_TERMINATE,
                json().put("pid", pid).put("startTime", 1_700_000_000L + pid).put("name", "sleep"));
    }

    public Command list(String endpoint) {
        return request(endpoint, CommandKind.PROCESS_LIST, json());
    }

    public static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    public Command now(Command command) {
        database.settle();
        return commands.get(ANNA, command.id());
    }

    /** The kinds of steps in a command's timeline. */
    public List<StepKind> steps(Command command) {
        return now(command).timeline().stream().map(TimelineStep::step).toList();
    }

    @Override
    public void close() {
        crash();
        database.close();
    }
}
