package org.omtpdm.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.omtpdm.server.commands.StepKind.ACKNOWLEDGED;
import static org.omtpdm.server.commands.StepKind.PROGRESS;
import static org.omtpdm.server.commands.StepKind.QUEUED;
import static org.omtpdm.server.commands.StepKind.REFUSED;
import static org.omtpdm.server.commands.StepKind.REQUESTED;
import static org.omtpdm.server.commands.StepKind.RETRIED;
import static org.omtpdm.server.commands.StepKind.SENT;
import static org.omtpdm.server.commands.StepKind.SILENT;
import static org.omtpdm.server.commands.StepKind.VERIFIED;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.reconcile.StepOutcome;
import org.omtpdm.server.store.TestDatabase;

class LaneTest {

    private final LaneRig rig = LaneRig.on(TestDatabase.SQLITE);
    private final ModelDevice device =
            rig.device("d1").with(10, "sleep").with(11, "sleep").with(12, "watch");

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_process_is_terminated_and_seen_to_be_gone() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(rig.steps(command))
                .containsExactly(REQUESTED, QUEUED, SENT, ACKNOWLEDGED, VERIFIED);
        assertThat(device.processes).doesNotContainKey(10L).containsKey(11L);
        assertThat(device.processBlock.journal).hasSize(1);
    }

    @Test
    void what_the_device_protects_is_refused_with_a_sentence_and_a_code() {
        rig.start();
        device.protectedPids.add(10L);
        var command = rig.terminate("d1", 10);
        rig.run();
        var ended = rig.now(command);
        assertThat(ended.state()).isEqualTo(CommandState.REFUSED);
        assertThat(ended.cause()).contains("The process is protected");
        var last = ended.timeline().get(ended.timeline().size() - 1);
        assertThat(last.step()).isEqualTo(REFUSED);
        assertThat(last.code()).contains("/" + ObjectIds.PROCESS + "/0/31 = 22");
        assertThat(device.processes).containsKey(10L);
    }

    @Test
    @Requirement("R-GEN-07")
    void a_sleeping_device_gets_its_commands_once_in_order_when_it_wakes_up() {
        rig.start();
        device.asleep = true;
        var first = rig.terminate("d1", 10);
        var second = rig.terminate("d1", 11);
        rig.run();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.fleet.sent).isEmpty();
        assertThat(rig.now(first).state()).isEqualTo(CommandState.WAITING);
        assertThat(rig.now(first).expectedAt()).isPresent();
        assertThat(rig.now(first).timeline().get(1).text()).startsWith("Queued: asleep, next");

        device.asleep = false;
        rig.lane.wake("id-d1");
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(rig.now(first).state()).isEqualTo(CommandState.DONE);
        assertThat(rig.now(second).state()).isEqualTo(CommandState.DONE);
        assertThat(device.processBlock.journal).hasSize(2).isSorted();
        assertThat(rig.fleet.mostInFlight).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_lost_makes_the_server_ask_and_not_send_again() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        rig.fleet.flights.get(0).loseAnswer();
        rig.think();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.WORKING);
        rig.passToNextAlarm(Duration.ofMinutes(1));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(rig.steps(command)).containsExactly(REQUESTED, QUEUED, SENT, SILENT, VERIFIED);
        assertThat(executesOfTerminate()).isEqualTo(1);
    }

    @Test
    void a_request_that_is_lost_is_sent_again_once_the_device_shows_that_it_did_not_happen() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        rig.fleet.flights.get(0).lose();
        rig.think();
        rig.passToNextAlarm(Duration.ofMinutes(1));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(executesOfTerminate()).isEqualTo(2);
        assertThat(device.processBlock.journal).hasSize(1);
    }

    @Test
    void after_a_crash_in_the_middle_the_device_is_asked_first() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        var flight = rig.fleet.flights.get(0);
        rig.crash();
        flight.deliver();
        rig.start();
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(rig.steps(command)).containsExactly(REQUESTED, QUEUED, SENT, RETRIED, VERIFIED);
        assertThat(device.processBlock.journal).hasSize(1);
    }

    @Test
    void without_proof_the_outcome_is_unknown_and_says_so() {
        device.traits.tellsToken = false;
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        rig.fleet.flights.get(0).loseAnswer();
        rig.think();
        rig.passToNextAlarm(Duration.ofMinutes(1));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.UNKNOWN);
        assertThat(rig.now(command).cause().orElseThrow()).contains("does not tell");
        assertThat(executesOfTerminate()).isEqualTo(1);
    }

    @Test
    void a_device_that_stays_silent_is_given_up_after_some_attempts() {
        rig.start();
        var command = rig.list("d1");
        for (int i = 0; i < 10; i++) {
            rig.think();
            if (!rig.fleet.flights.isEmpty()) {
                rig.fleet.flights.get(0).lose();
            }
            rig.think();
            rig.passToNextAlarm(Duration.ofHours(1));
        }
        assertThat(rig.now(command).state()).isEqualTo(CommandState.NO_ANSWER);
        assertThat(rig.fleet.sent).hasSize(rig.policy.attempts());
    }

    @Test
    void a_slow_operation_is_awaited_outside_the_lane_and_goes_on_when_the_device_notifies() {
        device.traits.slow = true;
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.WORKING);
        assertThat(rig.steps(command)).endsWith(SENT, ACKNOWLEDGED, PROGRESS);
        var state = ResourcePath.of(ObjectIds.PROCESS, 0, 30);
        assertThat(device.observed).contains(state);

        device.processBlock.finish();
        rig.lane.notified("id-d1", state);
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(device.observed).isEmpty();
    }

    @Test
    void a_slow_operation_is_not_polled_even_just_after_a_registration() {
        device.traits.slow = true;
        device.registeredAt = rig.clock.instant();
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.run();
        var requests = rig.fleet.sent.size();
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(rig.fleet.sent).hasSize(requests);

        device.restart();
        rig.lane.registeredAnew("id-d1");
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.REFUSED);
        assertThat(rig.now(command).cause().orElseThrow()).contains("restarted");
    }

    @Test
    void a_slow_operation_holds_back_what_needs_the_same_object() {
        device.traits.slow = true;
        rig.start();
        rig.terminate("d1", 10);
        var second = rig.terminate("d1", 11);
        rig.run();
        assertThat(rig.now(second).state()).isEqualTo(CommandState.WAITING);
        device.processBlock.finish();
        rig.lane.notified("id-d1", ResourcePath.of(ObjectIds.PROCESS, 0, 30));
        rig.run();
        assertThat(rig.now(second).state()).isEqualTo(CommandState.WORKING);
    }

    @Test
    void a_command_is_cancelled_while_it_waits_and_not_after() {
        rig.start();
        device.asleep = true;
        var waiting = rig.terminate("d1", 10);
        assertThat(rig.commands.cancel(LaneRig.ANNA, waiting.id()).state())
                .isEqualTo(CommandState.CANCELLED);
        device.asleep = false;
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(rig.fleet.sent).isEmpty();

        var sent = rig.terminate("d1", 11);
        rig.think();
        assertThatThrownBy(() -> rig.commands.cancel(LaneRig.ANNA, sent.id()))
                .isInstanceOf(ManagementException.class)
                .extracting(e -> ((ManagementException) e).code())
                .isEqualTo(ErrorCode.ALREADY_SENT);
    }

    @Test
    void a_command_that_nobody_fetches_expires() {
        rig.start();
        device.registered = false;
        var command = rig.terminate("d1", 10);
        rig.think();
        rig.lane.remind(command.expiresAt());
        rig.pass(Duration.ofDays(8));
        assertThat(rig.now(command).state()).isEqualTo(CommandState.EXPIRED);
        device.registered = true;
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(rig.fleet.sent).isEmpty();
    }

    @Test
    void a_command_that_expires_while_its_outcome_is_open_is_unknown() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        device.registered = false;
        rig.fleet.flights.get(0).lose();
        rig.think();
        rig.pass(Duration.ofDays(8));
        assertThat(rig.now(command).state()).isEqualTo(CommandState.UNKNOWN);
    }

    @Test
    void what_is_asked_at_a_screen_goes_before_jobs_at_every_step() {
        for (int pid = 100; pid < 700; pid++) {
            device.with(pid, "worker-with-a-rather-long-name-" + pid);
        }
        rig.start();
        rig.list("d1");
        rig.think();
        rig.fleet.flights.get(0).deliver();
        rig.think();
        rig.fleet.flights.get(0).deliver();
        rig.think();
        var urgent = rig.terminate("d1", 10);
        rig.run();
        assertThat(rig.now(urgent).state()).isEqualTo(CommandState.DONE);
        assertThat(rig.fleet.mostInFlight).isEqualTo(1);
    }

    @Test
    void one_command_that_looks_is_shared_by_all_who_ask_for_the_same() {
        rig.start();
        device.asleep = true;
        var one = rig.list("d1");
        var other = rig.list("d1");
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(rig.terminate("d1", 10).id()).isNotEqualTo(rig.terminate("d1", 10).id());
    }

    @Test
    void a_busy_device_is_asked_again_later() {
        rig.start();
        device.traits.slow = true;
        device.processBlock.run(
                3, java.util.Optional.of(7L), () -> org.omtpdm.objects.OperationResult.OK);
        var command = rig.terminate("d1", 10);
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.WAITING);
        assertThat(rig.steps(command)).endsWith(SENT, RETRIED);
        device.processBlock.finish();
        device.traits.slow = false;
        rig.passToNextAlarm(Duration.ofMinutes(1));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
    }

    @Test
    void a_device_that_registers_anew_is_not_waited_for_in_vain() {
        rig.start();
        var command = rig.terminate("d1", 10);
        rig.think();
        rig.fleet.flights.get(0).arrive();
        device.restart();
        rig.clock.advance(Duration.ofSeconds(1));
        device.registeredAt = rig.clock.instant();
        rig.lane.registeredAnew("id-d1");
        rig.think();
        assertThat(rig.fleet.sent).hasSize(1);
        rig.fleet.flights.clear();
        rig.pass(Duration.ofSeconds(3));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(device.processBlock.journal).hasSize(1);
    }

    @Test
    void a_planner_is_asked_until_everything_is_so_and_a_refusal_is_not_repeated() {
        var wanted = new java.util.ArrayList<>(java.util.List.of("a", "b", "c"));
        rig.planners.add(
                new TestPlanner(
                        wanted,
                        key ->
                                key.equals("b")
                                        ? new StepOutcome.Refused("no", "4.05")
                                        : new StepOutcome.Done()));
        rig.start();
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(wanted).containsExactly("b");
        wanted.add("d");
        rig.lane.wake("id-d1");
        rig.run();
        assertThat(wanted).containsExactly("b");
    }

    @Test
    void commands_go_before_planners() {
        var order = new java.util.ArrayList<String>();
        var wanted = new java.util.ArrayList<>(java.util.List.of("a", "b"));
        rig.planners.add(
                new TestPlanner(
                        wanted,
                        key -> {
                            order.add(key + " after " + rig.fleet.sent.size() + " requests");
                            return new StepOutcome.Done();
                        }));
        rig.start();
        rig.list("d1");
        rig.run();
        assertThat(order).containsExactly("a after 2 requests", "b after 2 requests");
    }

    private long executesOfTerminate() {
        return rig.fleet.sent.stream()
                .filter(request -> request instanceof DeviceRequest.Execute)
                .filter(request -> request.toString().contains("0='10'"))
                .count();
    }
}
