package org.omtpdm.server.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.store.TestDatabase;

class DeviceIntakeTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_first_registration_makes_a_device_and_one_event(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.listener.registered(it.registration("kiosk-1"), false);

            var device = it.device("kiosk-1");
            assertThat(device.name()).isEqualTo("kiosk-1");
            assertThat(device.registration())
                    .get()
                    .satisfies(
                            latest -> {
                                assertThat(latest.registeredAt()).isEqualTo(it.clock.instant());
                                assertThat(latest.lifetimeSeconds()).isEqualTo(300);
                                assertThat(latest.secured()).isTrue();
                            });
            assertThat(it.devices.announcement(device.id()).orElseThrow().objects())
                    .containsOnlyKeys(1, 3);
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
            assertThat(it.eventTypes()).containsExactly("device.registered");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void registering_again_keeps_the_device(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var first = it.register("kiosk-1");
            it.clock.advance(Duration.ofMinutes(1));
            it.listener.registered(
                    it.registration("kiosk-1", "other", it.clock.instant(), false), true);

            assertThat(it.device("kiosk-1").id()).isEqualTo(first.id());
            assertThat(it.device("kiosk-1").registration().orElseThrow().id()).isEqualTo("other");
            assertThat(it.devices.count(DeviceFilter.ALL, DevicesFixture.ALL)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_update_without_news_extends_the_registration_and_tells_nobody(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var registered = it.registration("kiosk-1");
            it.listener.registered(registered, false);
            it.eventTypes();
            it.clock.advance(Duration.ofSeconds(250));
            it.listener.updated(
                    it.registration(
                            "kiosk-1",
                            registered.registrationId(),
                            registered.registeredAt(),
                            false),
                    false);

            assertThat(it.eventTypes()).isEmpty();
            it.clock.advance(Duration.ofSeconds(100));
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
            assertThat(it.device("kiosk-1").registration().orElseThrow().registeredAt())
                    .isEqualTo(registered.registeredAt());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_update_of_a_registration_we_missed_brings_the_record_up_to_date(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.listener.updated(it.registration("kiosk-1"), false);

            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
            assertThat(it.eventTypes()).containsExactly("device.registered");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_rhythm_of_updates_says_when_a_device_is_overdue(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var registered = it.registration("kiosk-1");
            it.listener.registered(registered, false);
            for (int i = 0; i < 5; i++) {
                it.clock.advance(Duration.ofSeconds(60));
                it.listener.updated(
                        it.registration(
                                "kiosk-1",
                                registered.registrationId(),
                                registered.registeredAt(),
                                false),
                        false);
                it.settle();
            }

            it.clock.advance(Duration.ofSeconds(75));
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
            it.clock.advance(Duration.ofSeconds(1));
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.OVERDUE);
            it.clock.advance(Duration.ofSeconds(224));
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.SILENT);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_queue_mode_device_falls_asleep_and_says_when_it_wakes(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.listener.registered(it.sleepy("meter-1"), false);
            assertThat(it.stateOf("meter-1")).isEqualTo(DeviceState.ONLINE);
            it.clock.advance(Duration.ofSeconds(10));
            it.listener.asleep("meter-1");

            assertThat(it.stateOf("meter-1")).isEqualTo(DeviceState.ASLEEP);
            assertThat(it.device("meter-1").nextWakeUp(it.clock.instant()))
                    .contains(it.clock.instant().plusSeconds(290));
            it.listener.awake("meter-1");
            assertThat(it.stateOf("meter-1")).isEqualTo(DeviceState.ONLINE);
            assertThat(it.eventTypes())
                    .containsExactly("device.registered", "device.asleep", "device.awake");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_end_of_a_registration_makes_a_device_silent(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var expiring = it.registration("kiosk-1");
            var leaving = it.registration("kiosk-2");
            it.listener.registered(expiring, false);
            it.listener.registered(leaving, false);
            it.listener.expired(expiring);
            it.listener.deregistered(leaving);

            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.SILENT);
            assertThat(it.stateOf("kiosk-2")).isEqualTo(DeviceState.SILENT);
            assertThat(it.eventTypes())
                    .containsExactly(
                            "device.registered",
                            "device.registered",
                            "device.silent",
                            "device.deregistered");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_end_of_an_older_registration_is_no_news(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var older = it.registration("kiosk-1");
            it.listener.registered(older, false);
            it.listener.registered(
                    it.registration("kiosk-1", "newer", it.clock.instant(), false), true);
            it.eventTypes();
            it.listener.expired(older);

            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
            assertThat(it.eventTypes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void hostile_names_are_kept_exactly_and_shown_plainly(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var hostile = "<script>alert(1)</script>\u202Egnp.exe\n'; DROP TABLE devices;--%_!\\";
            it.register(hostile);
            it.register("other");

            assertThat(it.device(hostile).endpoint()).isEqualTo(hostile);
            assertThat(it.device(hostile).name()).doesNotContain("\u202E", "\n");
            for (var word : new String[] {"<script>", "drop", "--%_!\\", "%_", "'"}) {
                assertThat(it.devices.ids(DeviceFilter.search(word), DevicesFixture.ALL))
                        .as(word)
                        .containsExactly(it.device(hostile).id());
            }
            assertThat(it.devices.ids(DeviceFilter.search("%"), DevicesFixture.ALL)).hasSize(1);
            assertThat(it.devices.ids(DeviceFilter.search("_"), DevicesFixture.ALL)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_device_that_cannot_be_written_harms_no_other(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.intake.submit(
                    tx -> {
                        tx.handle().execute("INSERT INTO nowhere VALUES (1)");
                    });
            assertThat(it.register("kiosk-1").endpoint()).isEqualTo("kiosk-1");
            assertThat(it.eventTypes()).containsExactly("device.registered");
        }
    }
}
