package org.omtpdm.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.store.TestDatabase;

/**
 * Random weather: crashes of the server (everything dropped but the database), lost requests and
 * answers, late duplicates, sleep, restarts of the device, slow operations. Whatever happens, at
 * most one request is under way per device and server life, nothing is done twice, and every
 * command ends in a state that agrees with what the device did.
 */
class LanePropertyTest {

    private static final int STEPS = 150;

    static Stream<Arguments> weather() {
        var sqlite =
                new Random(20261122).longs(25).mapToObj(s -> Arguments.of(TestDatabase.SQLITE, s));
        var postgres =
                new Random(42).longs(5).mapToObj(s -> Arguments.of(TestDatabase.POSTGRESQL, s));
        return Stream.concat(sqlite, postgres);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("weather")
    @Requirement({"R-GEN-06", "R-GEN-07"})
    void whatever_happens_nothing_is_done_twice_and_everything_ends(TestDatabase kind, long seed) {
        play(kind, seed, STEPS);
    }

    @Tag("stress")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void for_many_seeds(long seed) {
        play(TestDatabase.SQLITE, seed, 400);
    }

    static Stream<Long> manySeeds() {
        return new Random(7).longs(300).boxed();
    }

    private static void play(TestDatabase kind, long seed, int steps) {
        try (var rig = new LaneRig(kind, seed)) {
            new Play(rig, new Random(seed)).play(steps);
        }
    }

    /** One run. */
    private static final class Play {
        private final LaneRig rig;
        private final Random chance;
        private final ModelDevice device;
        private final List<Command> commands = new ArrayList<>();
        private long nextPid = 100;

        Play(LaneRig rig, Random chance) {
            this.rig = rig;
            this.chance = chance;
            this.device = rig.device("d1").with(1, "init");
            device.traits.pageSize = 200;
            device.traits.windowPages = 1 + chance.nextInt(3);
            for (int pid = 2; pid < 40; pid++) {
                device.with(pid, "resident");
            }
        }

        void play(int steps) {
            rig.start();
            for (int i = 0; i < steps; i++) {
                step();
                rig.think();
                assertThat(rig.fleet.mostInFlight).as("requests in flight").isLessThanOrEqualTo(1);
            }
            settle();
            check();
        }

        private void step() {
            switch (chance.nextInt(16)) {
                case 0, 1 -> give();
                case 2 -> {
                    if (chance.nextInt(3) == 0) {
                        crash();
                    }
                }
                case 3 -> {
                    device.asleep = !device.asleep;
                    if (!device.asleep) {
                        rig.lane.wake("id-d1");
                    }
                }
                case 4 -> loseAnswer();
                case 5 -> lose();
                case 6 -> duplicate();
                case 7 -> rig.passToNextAlarm(Duration.ofMinutes(10));
                case 8 -> {
                    if (chance.nextInt(4) == 0) {
                        device.restart();
                    }
                }
                case 9 -> device.traits.slow = chance.nextInt(3) == 0;
                case 10 -> finish();
                case 11 -> device.processBlock.loseWindow();
                default -> deliver();
            }
        }

        private void give() {
            if (chance.nextInt(3) == 0) {
                commands.add(rig.list("d1"));
            } else if (chance.nextInt(3) == 0) {
                var path = "0:file" + nextPid++;
                device.withFile(path, "content");
                commands.add(
                        rig.request(
                                "d1", CommandKind.FILE_DELETE, LaneRig.json().put("path", path)));
            } else {
                device.with(nextPid, "sleep");
                commands.add(rig.terminate("d1", nextPid++));
            }
        }

        private void crash() {
            var inFlight = List.copyOf(rig.fleet.flights);
            rig.crash();
            // What was under way arrives or doesn't; its answer finds nobody.
            for (var flight : inFlight) {
                if (chance.nextBoolean()) {
                    flight.arrive();
                }
            }
            rig.fleet.flights.clear();
            rig.start();
        }

        private void deliver() {
            if (!rig.fleet.flights.isEmpty()) {
                rig.fleet.flights.get(0).deliver();
            }
        }

        private void lose() {
            if (!rig.fleet.flights.isEmpty()) {
                rig.fleet.flights.get(0).lose();
            }
        }

        private void loseAnswer() {
            if (!rig.fleet.flights.isEmpty()) {
                rig.fleet.flights.get(0).loseAnswer();
            }
        }

        /** The request comes twice. */
        private void duplicate() {
            if (!rig.fleet.flights.isEmpty()) {
                var flight = rig.fleet.flights.get(0);
                flight.arrive();
                flight.deliver();
            }
        }

        private void finish() {
            var process = ResourcePath.of(ObjectIds.PROCESS, 0, 30);
            var file = ResourcePath.of(ObjectIds.FILE, 0, 30);
            if (device.processBlock.finish() && device.observed.contains(process)) {
                rig.lane.notified("id-d1", process);
            }
            if (device.fileBlock.finish() && device.observed.contains(file)) {
                rig.lane.notified("id-d1", file);
            }
        }

        /** Fair weather, until all is over. */
        private void settle() {
            device.asleep = false;
            device.traits.slow = false;
            for (int i = 0; i < 200 && open() > 0; i++) {
                finish();
                rig.lane.wake("id-d1");
                rig.run();
                rig.passToNextAlarm(Duration.ofMinutes(30));
                rig.run();
            }
        }

        private long open() {
            return commands.stream().filter(c -> stateOf(c).isOpen()).count();
        }

        private CommandState stateOf(Command command) {
            return rig.database.read(
                    handle ->
                            handle.createQuery("SELECT state FROM commands WHERE id = :id")
                                    .bind("id", command.id())
                                    .map((row, c) -> CommandState.of(row.getString("state")))
                                    .findOne()
                                    .orElse(CommandState.DONE));
        }

        private void check() {
            assertThat(open()).as("commands still open").isZero();
            assertThat(device.effects.values()).as("effects").allMatch(times -> times == 1);
            assertThat(device.processBlock.journal).doesNotHaveDuplicates();
            assertThat(device.fileBlock.journal).doesNotHaveDuplicates();
            for (var command : commands) {
                if (command.kind() == CommandKind.PROCESS_LIST) {
                    continue;
                }
                var target =
                        command.kind() == CommandKind.PROCESS_TERMINATE
                                ? "terminate " + command.arguments().orElseThrow().get("pid")
                                : "delete "
                                        + command.arguments().orElseThrow().get("path").asText();
                var happened = device.effects.containsKey(target);
                var state = stateOf(command);
                if (state == CommandState.DONE) {
                    assertThat(happened).as("%s is done", command.title()).isTrue();
                } else if (state != CommandState.UNKNOWN) {
                    assertThat(interrupted(command) || !happened)
                            .as("%s is %s", command.title(), state)
                            .isTrue();
                }
            }
        }

        /** The device's own word that a restart interrupted it; it may have taken effect. */
        private boolean interrupted(Command command) {
            return rig.now(command).cause().orElse("").contains("restarted");
        }
    }
}
