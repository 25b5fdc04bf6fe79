package org.omtpdm.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.omtpdm.server.commands.LaneRig.ANNA;
import static org.omtpdm.server.commands.LaneRig.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.TestDatabase;

class JobTest {

    private static NewJob terminate(String glob, NewJob.Selection selection) {
        return new NewJob(
                CommandKind.PROCESS_TERMINATE,
                Optional.of(json().put("name", glob)),
                selection,
                Optional.of("spreading"),
                Optional.empty());
    }

    private static NewJob.Selection all() {
        JsonNode filter = json().put("q", "d");
        return new NewJob.Selection(Optional.empty(), Optional.of(filter));
    }

    private static LaneRig fleet(TestDatabase kind) {
        var rig = LaneRig.on(kind).start();
        for (int i = 1; i <= 6; i++) {
            rig.device("d" + i).with(10, "sleep").with(11, "sleep-2").with(12, "watch");
            rig.list("d" + i);
        }
        rig.run();
        rig.device("d7").retired = true;
        rig.device("d8").lacksObjects = true;
        rig.device("d9").neverSeen = true;
        rig.device("d10").with(10, "sleep");
        rig.device("d11").with(12, "watch");
        rig.list("d11");
        rig.run();
        return rig;
    }

    @ParameterizedTest
    @EnumSource
    void the_preview_and_the_job_agree_on_who_is_in_and_why_not(TestDatabase kind) {
        try (var rig = fleet(kind)) {
            rig.fleet.devices.get("id-d2").asleep = true;
            var preview = rig.jobs.preview(ANNA, terminate("sleep*", all()));
            assertThat(preview.included()).isEqualTo(6);
            assertThat(preview.asleep()).isEqualTo(1);
            assertThat(preview.latestWakeUp()).isPresent();
            assertThat(preview.sentence())
                    .isEqualTo("Terminate every process named sleep* on 6 devices");
            assertThat(preview.excluded())
                    .extracting(JobPreview.Exclusion::why)
                    .containsExactlyInAnyOrder(
                            "retired",
                            "lacks object 42769",
                            "never seen",
                            "its processes were never listed",
                            "no such process in its last list");

            var job = rig.jobs.create(ANNA, terminate("sleep*", all()));
            assertThat(job.total()).isEqualTo(6);
            assertThat(job.excluded()).isEqualTo(5);
            rig.fleet.devices.get("id-d3").protectedPids.add(11L);
            rig.run();
            rig.pass(Duration.ofSeconds(2));
            var now = rig.jobs.get(ANNA, job.id());
            assertThat(now.state()).isEqualTo(Job.State.RUNNING);
            assertThat(now.counts())
                    .containsExactlyInAnyOrder(
                            new Job.StateCount(CommandState.DONE, 4),
                            new Job.StateCount(CommandState.REFUSED, 1),
                            new Job.StateCount(CommandState.WAITING, 1));
            assertThat(now.causes())
                    .containsExactly(
                            new Job.CauseCount("Some processes: The process is protected", 1));
            assertThat(rig.fleet.devices.get("id-d1").processes).containsOnlyKeys(12L);
            assertThat(rig.fleet.devices.get("id-d3").processes).containsOnlyKeys(11L, 12L);

            rig.fleet.devices.get("id-d2").asleep = false;
            rig.lane.wake("id-d2");
            rig.run();
            var ended = rig.jobs.get(ANNA, job.id());
            assertThat(ended.state()).isEqualTo(Job.State.FINISHED);
            assertThat(ended.endedAt()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_failed_is_retried_by_cause_and_counts_once(TestDatabase kind) {
        try (var rig = fleet(kind)) {
            rig.fleet.devices.get("id-d3").protectedPids.add(11L);
            var job = rig.jobs.create(ANNA, terminate("sleep-*", all()));
            rig.run();
            assertThatThrownBy(() -> rig.jobs.retry(ANNA, job.id(), Optional.of("no such cause")))
                    .isInstanceOf(ManagementException.class)
                    .extracting(e -> ((ManagementException) e).code())
                    .isEqualTo(ErrorCode.NOT_RETRYABLE);
            rig.fleet.devices.get("id-d3").protectedPids.remove(11L);
            rig.jobs.retry(ANNA, job.id(), Optional.of("The process is protected"));
            rig.run();
            var ended = rig.jobs.get(ANNA, job.id());
            assertThat(ended.state()).isEqualTo(Job.State.FINISHED);
            assertThat(ended.counts()).containsExactly(new Job.StateCount(CommandState.DONE, 6));
            assertThat(ended.causes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelling_takes_back_what_was_not_sent(TestDatabase kind) {
        try (var rig = fleet(kind)) {
            rig.fleet.devices.values().forEach(device -> device.asleep = true);
            rig.fleet.devices.get("id-d1").asleep = false;
            var job = rig.jobs.create(ANNA, terminate("sleep", all()));
            rig.run();
            var cancelled = rig.jobs.cancel(ANNA, job.id());
            assertThat(cancelled.state()).isEqualTo(Job.State.CANCELLED);
            assertThat(cancelled.counts())
                    .containsExactlyInAnyOrder(
                            new Job.StateCount(CommandState.DONE, 1),
                            new Job.StateCount(CommandState.CANCELLED, 5));
            rig.fleet.sent.clear();
            rig.fleet.devices.values().forEach(device -> device.asleep = false);
            rig.lane.wakeAll(rig.fleet.devices.keySet());
            rig.run();
            assertThat(rig.fleet.sent).isEmpty();
            var page =
                    rig.commands.list(
                            ANNA,
                            Optional.empty(),
                            Optional.of(job.id()),
                            Optional.of(CommandState.CANCELLED),
                            Optional.empty(),
                            PageRequest.first(3));
            assertThat(page.total()).contains(5L);
            assertThat(page.items()).hasSize(3);
            assertThat(page.nextCursor()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ten_thousand_devices_are_one_quick_insert(TestDatabase kind) {
        try (var rig = LaneRig.on(kind)) {
            var ids = rig.manyDevices(10_000);
            rig.start();
            rig.fleet.devices.values().forEach(device -> device.asleep = true);
            var job =
                    rig.jobs.create(
                            ANNA,
                            new NewJob(
                                    CommandKind.PROCESS_LIST,
                                    Optional.empty(),
                                    new NewJob.Selection(Optional.of(ids), Optional.empty()),
                                    Optional.empty(),
                                    Optional.empty()));
            assertThat(job.total()).isEqualTo(10_000);
            assertThat(job.counts())
                    .containsExactly(new Job.StateCount(CommandState.WAITING, 10_000));
            rig.think();
            var events = rig.published.stream().filter(e -> e.type().equals("command.changed"));
            assertThat(events).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void a_job_needs_the_permission_of_its_kind_and_a_reason(TestDatabase kind) {
        try (var rig = fleet(kind)) {
            var viewer = Caller.user("vera", List.of(Role.VIEWER));
            assertThatThrownBy(() -> rig.jobs.create(viewer, terminate("sleep", all())))
                    .isInstanceOf(ManagementException.class)
                    .extracting(e -> ((ManagementException) e).code())
                    .isEqualTo(ErrorCode.NOT_ALLOWED);
            var wordless =
                    new NewJob(
                            CommandKind.PROCESS_TERMINATE,
                            Optional.of(json().put("name", "x")),
                            all(),
                            Optional.empty(),
                            Optional.empty());
            assertThatThrownBy(() -> rig.jobs.create(ANNA, wordless))
                    .isInstanceOf(ManagementException.class)
                    .hasMessageContaining("reason");
            assertThatThrownBy(() -> rig.jobs.create(ANNA, terminate("nothing-has-this", all())))
                    .isInstanceOf(ManagementException.class)
                    .extracting(e -> ((ManagementException) e).code())
                    .isEqualTo(ErrorCode.CONFLICT);
        }
    }
}
