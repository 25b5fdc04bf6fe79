package org.omtpdm.server.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.devices.DevicesFixture;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.TestDatabase;

class AttentionTest {

    /** The feature on a database, with rules driven by hand. */
    private static final class World implements AutoCloseable {
        final DevicesFixture it;
        final AttentionService attention;
        final AttentionRules rules;

        World(TestDatabase kind) {
            it = DevicesFixture.on(kind);
            attention =
                    new AttentionService(it.database, it.devices, it.events, it.audit, it.clock);
            rules = rules();
        }

        AttentionRules rules() {
            return new AttentionRules(
                    it.database, it.devices, it.refused, new EventStore(it.database), attention);
        }

        List<AttentionItem> look() {
            it.settle();
            rules.advance();
            it.database.settle();
            return items();
        }

        List<AttentionItem> items() {
            return attention
                    .page(
                            Optional.empty(),
                            Optional.empty(),
                            PageRequest.first(50),
                            DevicesFixture.ALL)
                    .items();
        }

        void command(String deviceId, Map<String, Object> data) {
            it.database.write(
                    tx ->
                            it.events.publish(
                                    tx,
                                    NewEvent.ofDevice("command.changed", deviceId, "x")
                                            .with(data)));
        }

        @Override
        public void close() {
            it.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void silence_is_one_item_that_ends_by_itself_and_counts_when_it_comes_again(TestDatabase kind) {
        try (var world = new World(kind)) {
            var device = world.it.register("kiosk-1");
            assertThat(world.look()).isEmpty();
            world.it.clock.advance(Duration.ofSeconds(301));
            assertThat(world.look())
                    .extracting(AttentionItem::state)
                    .containsExactly(AttentionState.OPEN);
            assertThat(world.look()).extracting(AttentionItem::count).containsExactly(1L);
            assertThat(world.it.device("kiosk-1").openAttention()).isEqualTo(1);
            assertThat(world.items().get(0).deviceName()).contains("kiosk-1");

            world.it.register("kiosk-1");
            assertThat(world.look())
                    .extracting(AttentionItem::state)
                    .containsExactly(AttentionState.RESOLVED);
            assertThat(world.it.device("kiosk-1").openAttention()).isZero();

            world.it.clock.advance(Duration.ofSeconds(301));
            assertThat(world.look()).extracting(AttentionItem::count).containsExactly(2L);
            assertThat(world.items().get(0).deviceId()).contains(device.id());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void signing_off_is_no_silence(TestDatabase kind) {
        try (var world = new World(kind)) {
            var registration = world.it.registration("kiosk-1");
            world.it.listener.registered(registration, false);
            world.it.listener.deregistered(registration);
            world.it.clock.advance(Duration.ofDays(1));
            assertThat(world.look()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void decisions_hold_until_something_new_happens(TestDatabase kind) {
        try (var world = new World(kind)) {
            world.it.register("kiosk-1");
            world.it.clock.advance(Duration.ofSeconds(301));
            var id = world.look().get(0).id();
            world.attention.change(
                    DevicesFixture.ANNA,
                    id,
                    AttentionState.RESOLVED,
                    Optional.of("known"),
                    Optional.empty());
            assertThat(world.look())
                    .extracting(AttentionItem::state)
                    .containsExactly(AttentionState.RESOLVED);

            var until = world.it.clock.instant().plusSeconds(60);
            world.attention.change(
                    DevicesFixture.ANNA,
                    id,
                    AttentionState.SNOOZED,
                    Optional.empty(),
                    Optional.of(until));
            assertThat(world.look().get(0).by()).contains("anna");
            assertThat(world.items().get(0).note()).contains("known");
            world.it.clock.advance(Duration.ofSeconds(61));
            assertThat(world.look())
                    .extracting(AttentionItem::state)
                    .containsExactly(AttentionState.OPEN);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void refused_strangers_are_one_item_per_host(TestDatabase kind) {
        try (var world = new World(kind)) {
            for (int i = 0; i < 5; i++) {
                world.it.refuse("10.0.0.1:" + i, "", "x" + i, RefusalReason.UNKNOWN_IDENTITY);
            }
            assertThat(world.look()).hasSize(1);
            assertThat(world.items().get(0).title()).startsWith("5 contacts from one address");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_failed_command_is_found_once_also_after_a_restart_and_settled_by_success(
            TestDatabase kind) {
        try (var world = new World(kind)) {
            var device = world.it.register("kiosk-1").id();
            var failed =
                    Map.<String, Object>of(
                            "commandId", "c1",
                            "kind", "process.list",
                            "title", "List processes",
                            "state", "No answer",
                            "failed", true,
                            "cause", "no answer");
            world.command(device, failed);
            assertThat(world.look())
                    .extracting(AttentionItem::rule)
                    .containsExactly(AttentionRule.COMMAND_FAILED);
            world.rules().advance();
            assertThat(world.items()).extracting(AttentionItem::count).containsExactly(1L);

            world.it.clock.advance(Duration.ofSeconds(1));
            world.command(device, failed);
            assertThat(world.look()).extracting(AttentionItem::count).containsExactly(2L);

            world.command(device, Map.of("kind", "process.list", "state", "Done", "failed", false));
            assertThat(world.look())
                    .extracting(AttentionItem::state)
                    .containsExactly(AttentionState.RESOLVED);
        }
    }
}
