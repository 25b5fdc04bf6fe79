package org.omtpdm.server.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.omtpdm.server.commands.LaneRig.ANNA;
import static org.omtpdm.server.commands.LaneRig.json;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.Requirement;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.commands.Command;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandState;
import org.omtpdm.server.commands.LaneRig;
import org.omtpdm.server.commands.ModelDevice;
import org.omtpdm.server.store.TestDatabase;

class ProcessCommandsTest {

    private final LaneRig rig = LaneRig.on(TestDatabase.SQLITE).start();
    private final ModelDevice device = rig.device("d1").with(1, "init");

    @AfterEach
    void close() {
        rig.close();
    }

    private ProcessService processes() {
        return new ProcessService(rig.database, rig.fleet, rig.commands, (id, path) -> List.of());
    }

    private Command listed() {
        var command = rig.list("d1");
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        return rig.now(command);
    }

    private void many(int count) {
        for (int i = 0; i < count; i++) {
            device.with(1000 + i, "worker-" + i % 7);
        }
    }

    @Test
    @Requirement({"R-PR-01", "R-PR-02"})
    void three_hundred_processes_take_at_most_twelve_exchanges_and_twelve_kilobytes() {
        many(299);
        var result = listed().result().orElseThrow();
        assertThat(rig.fleet.sent).hasSizeLessThanOrEqualTo(12);
        assertThat(result.get("exchanges").asInt()).isEqualTo(rig.fleet.sent.size());
        assertThat(result.get("bytes").asInt()).isLessThan(12_000);
        var list = processes().list(ANNA, "id-d1");
        assertThat(list.items()).hasSize(300);
        assertThat(list.complete()).contains(true);
        assertThat(list.items().get(0).isProtected()).isTrue();
        assertThat(list.items().get(1).isProtected()).isFalse();
    }

    @Test
    void a_constrained_device_is_read_page_by_page_and_window_by_window() {
        device.constrained();
        many(150);
        listed();
        assertThat(processes().list(ANNA, "id-d1").items()).hasSize(151);
    }

    @Test
    void a_device_that_cannot_read_resource_instances_gives_whole_windows() {
        device.constrained();
        device.readsInstances(false);
        many(50);
        listed();
        assertThat(processes().list(ANNA, "id-d1").items()).hasSize(51);
    }

    @Test
    void a_second_listing_replaces_the_first() {
        many(20);
        listed();
        device.processes.remove(1000L);
        device.with(2000, "late");
        listed();
        assertThat(processes().list(ANNA, "id-d1").items())
                .extracting(ProcessService.Process::pid)
                .hasSize(21)
                .contains(2000L)
                .doesNotContain(1000L);
    }

    @Test
    @Requirement({"R-PR-03", "R-PR-04"})
    void a_terminated_process_leaves_the_list_and_a_refused_one_is_marked() {
        many(3);
        device.protectedPids.add(1001L);
        listed();
        rig.terminate("d1", 1000);
        rig.terminate("d1", 1001);
        rig.run();
        var items = processes().list(ANNA, "id-d1").items();
        assertThat(items).extracting(ProcessService.Process::pid).doesNotContain(1000L);
        assertThat(items.stream().filter(p -> p.pid() == 1001).findFirst().orElseThrow())
                .matches(ProcessService.Process::isProtected);
    }

    @Test
    @Requirement("R-PR-03")
    void a_pid_that_was_used_again_is_not_hit() {
        device.with(50, "innocent");
        var command =
                rig.request(
                        "d1",
                        CommandKind.PROCESS_TERMINATE,
                        json().put("pid", 50).put("startTime", 1));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.REFUSED);
        assertThat(rig.now(command).cause().orElseThrow()).contains("another one has its number");
        assertThat(device.processes).containsKey(50L);
    }

    @Test
    void senseless_arguments_are_refused_by_name_before_anything_is_queued() {
        for (var arguments :
                List.of(
                        json(),
                        json().put("pid", 1),
                        json().put("pid", -1).put("startTime", 1),
                        json().put("pid", "1").put("startTime", 1),
                        json().put("pid", 1.5).put("startTime", 1),
                        json().put("pid", 99999999999L).put("startTime", 1),
                        json().put("pid", 1).put("startTime", 1).put("mode", "rude"),
                        json().put("pid", 1).put("startTime", 1).put("graceSeconds", 61),
                        json().put("pid", 1).put("startTime", 1).put("other", 1))) {
            assertThatThrownBy(() -> rig.request("d1", CommandKind.PROCESS_TERMINATE, arguments))
                    .as("%s", arguments)
                    .isInstanceOf(ManagementException.class)
                    .extracting(e -> ((ManagementException) e).code())
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
        rig.run();
        assertThat(rig.fleet.sent).isEmpty();
    }
}
