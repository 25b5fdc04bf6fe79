package org.omtpdm.server.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omtpdm.server.lwm2m.DeviceListener.RefusalReason.UNKNOWN_IDENTITY;
import static org.omtpdm.server.lwm2m.DeviceListener.RefusalReason.WRONG_KEY;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.TestDatabase;

class RefusedContactsTest {

    private static List<RefusedContact> list(DevicesFixture it) {
        it.settle();
        return it.refused.page(PageRequest.first(500), DevicesFixture.ALL).items();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_same_claims_from_one_host_are_one_entry_that_counts(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.refuse("10.0.0.1:1000", "", "kiosk-9", UNKNOWN_IDENTITY);
            it.refuse("10.0.0.1:1001", "", "kiosk-9", UNKNOWN_IDENTITY);
            list(it);
            it.clock.advance(Duration.ofSeconds(5));
            it.refuse("10.0.0.1:1002", "", "kiosk-9", UNKNOWN_IDENTITY);
            it.refuse("10.0.0.2:1000", "", "kiosk-9", UNKNOWN_IDENTITY);

            assertThat(list(it))
                    .extracting(RefusedContact::count)
                    .containsExactlyInAnyOrder(3L, 1L);
            assertThat(list(it)).allMatch(RefusedContact::isAddable);
            assertThat(list(it)).extracting(RefusedContact::address).contains("10.0.0.1:1002");
            assertThat(it.eventTypes()).containsExactly("device.refused", "device.refused");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_host_that_makes_up_names_fills_no_more_than_its_share(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.refuse("10.0.0.2:1", "", "honest", UNKNOWN_IDENTITY);
            for (int i = 0; i < 1_000; i++) {
                it.refuse("10.0.0.1:" + i, "", "name-" + i, UNKNOWN_IDENTITY);
                if (i % 100 == 0) {
                    it.settle();
                }
            }
            var entries = list(it);
            assertThat(entries).hasSizeLessThanOrEqualTo(RefusedContacts.PER_HOST + 2);
            assertThat(entries).extracting(RefusedContact::identity).contains("honest");
            assertThat(entries.stream().mapToLong(RefusedContact::count).sum()).isEqualTo(1_001);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_known_device_is_marked_and_cleared_when_it_is_let_in(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            it.database.write(tx -> it.devices.add(tx, DevicesFixture.ANNA, "kiosk-1", ""));
            it.endpointOfIdentity.put("id-1", "kiosk-1");
            it.refuse("10.0.0.1:1", "", "id-1", WRONG_KEY);
            assertThat(list(it)).hasSize(1).noneMatch(RefusedContact::isAddable);
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.REFUSED);

            it.clock.advance(Duration.ofSeconds(1));
            it.register("kiosk-1");
            assertThat(list(it)).isEmpty();
            assertThat(it.stateOf("kiosk-1")).isEqualTo(DeviceState.ONLINE);
        }
    }
}
