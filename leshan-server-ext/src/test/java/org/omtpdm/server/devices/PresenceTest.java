package org.omtpdm.server.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.TestClock;
import org.omtpdm.server.store.TestDatabase;

class PresenceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void the_words_are_those_of_the_console_and_no_others() {
        assertThat(Arrays.stream(DeviceState.values()).map(DeviceState::toString))
                .containsExactly(
                        "Online",
                        "Asleep",
                        "Overdue",
                        "Silent",
                        "Never seen",
                        "Refused",
                        "Out of service",
                        "Retired");
    }

    @Test
    void a_registered_device_without_queue_mode_is_online_until_contact_is_overdue() {
        var facts = registered(false);

        assertThat(at(facts, NOON)).isEqualTo(DeviceState.ONLINE);
        assertThat(at(facts, NOON.plusSeconds(75))).isEqualTo(DeviceState.ONLINE);
        assertThat(at(facts, NOON.plusSeconds(76))).isEqualTo(DeviceState.OVERDUE);
        assertThat(at(facts, NOON.plusSeconds(300))).isEqualTo(DeviceState.SILENT);
    }

    @Test
    void a_queue_mode_device_is_online_while_awake_then_asleep_then_overdue() {
        var facts = registered(true);

        assertThat(at(facts, NOON.plusSeconds(19))).isEqualTo(DeviceState.ONLINE);
        assertThat(at(facts, NOON.plusSeconds(20))).isEqualTo(DeviceState.ASLEEP);
        assertThat(at(facts, NOON.plusSeconds(75))).isEqualTo(DeviceState.ASLEEP);
        assertThat(at(facts, NOON.plusSeconds(76))).isEqualTo(DeviceState.OVERDUE);
        assertThat(at(facts, NOON.plusSeconds(300))).isEqualTo(DeviceState.SILENT);
    }

    @Test
    void the_life_cycle_wins() {
        var contact = registered(false).contact();
        var never = Optional.<PresenceFacts.Contact>empty();
        var none = Optional.<Instant>empty();

        assertThat(at(new PresenceFacts(false, false, never, none), NOON))
                .isEqualTo(DeviceState.NEVER_SEEN);
        assertThat(at(new PresenceFacts(false, true, contact, none), NOON))
                .isEqualTo(DeviceState.OUT_OF_SERVICE);
        assertThat(at(new PresenceFacts(true, true, contact, none), NOON))
                .isEqualTo(DeviceState.RETIRED);
        assertThat(at(new PresenceFacts(false, false, never, Optional.of(NOON)), NOON))
                .isEqualTo(DeviceState.REFUSED);
    }

    @Test
    void a_strangers_refused_contact_does_not_paint_a_device_that_is_well() {
        var facts =
                new PresenceFacts(
                        false,
                        false,
                        registered(false).contact(),
                        Optional.of(NOON.plusSeconds(10)));

        assertThat(at(facts, NOON.plusSeconds(20))).isEqualTo(DeviceState.ONLINE);
        assertThat(at(facts, NOON.plusSeconds(80))).isEqualTo(DeviceState.REFUSED);
        assertThat(at(facts, NOON.plusSeconds(400))).isEqualTo(DeviceState.REFUSED);
    }

    private static DeviceState at(PresenceFacts facts, Instant now) {
        return Presence.of(facts, now);
    }

    /** Heard at noon, expected every minute, awake 20 s, valid for 5 min. */
    private static PresenceFacts registered(boolean queueMode) {
        return new PresenceFacts(
                false,
                false,
                Optional.of(
                        new PresenceFacts.Contact(
                                NOON.plusSeconds(300),
                                queueMode,
                                NOON.plusSeconds(20),
                                NOON,
                                NOON.plusSeconds(60),
                                Duration.ofSeconds(60))),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_database_and_the_function_say_the_same_of_any_facts(TestDatabase kind) {
        var random = new Random(42);
        try (var database = kind.open(new TestClock())) {
            database.write(
                    tx -> {
                        for (int i = 0; i < 2_000; i++) {
                            insertAnything(tx.handle(), random);
                        }
                        return null;
                    });
            for (long now = 0; now < 14; now++) {
                var at = Instant.ofEpochMilli(now);
                var sql = "SELECT d.*, " + PresenceSql.state("d") + " AS position FROM devices d";
                var rows =
                        database.read(
                                handle ->
                                        handle.createQuery(sql)
                                                .bind("now", at)
                                                .map(
                                                        (row, context) -> {
                                                            var device =
                                                                    DeviceRows.device(row, context);
                                                            var state =
                                                                    DeviceState.values()[
                                                                            row.getInt("position")];
                                                            assertThat(state)
                                                                    .as("%s at %s", device, at)
                                                                    .isEqualTo(device.state(at));
                                                            return state;
                                                        })
                                                .list());
                assertThat(rows).hasSize(2_000);
                assertThat(rows).contains(DeviceState.REFUSED, DeviceState.NEVER_SEEN);
            }
        }
    }

    /** Times so close together that every comparison is met on both sides and at equality. */
    private static void insertAnything(org.jdbi.v3.core.Handle handle, Random random) {
        var id = Ids.next();
        DeviceWrites.insert(handle, id, id, "", Instant.EPOCH);
        handle.createUpdate(
                        """
                        UPDATE devices SET retired_at = :retired, out_of_service_at = :out,
                          registered_at = :registered, valid_until = :valid, queue_mode = :queue,
                          awake_until = :awake, expected_at = :expected, interval_ms = :interval,
                          last_heard_at = :heard, refused_at = :refused
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("retired", random.nextInt(10) == 0 ? 5 : 0)
                .bind("out", random.nextInt(10) == 0 ? 5 : 0)
                .bind("registered", random.nextInt(5) == 0 ? 0 : 1)
                .bind("valid", random.nextInt(14))
                .bind("queue", random.nextInt(2))
                .bind("awake", random.nextInt(14))
                .bind("expected", random.nextInt(14))
                .bind("interval", random.nextInt(20))
                .bind("heard", random.nextInt(14))
                .bind("refused", random.nextInt(14))
                .execute();
    }
}
