package org.omtpdm.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.devices.DevicesFixture;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.store.TestDatabase;

class InventoryTest {

    private static final String HOSTILE = "\u0000<b>\u202E'\";\n\uD83D\uDE00";

    /** Reads nothing from the network: what devices say is told by hand. */
    private static final class World implements AutoCloseable {
        final DevicesFixture it;
        final InventoryService inventory;
        final InventoryIntake listener;
        final String device;

        World(TestDatabase kind) {
            it = DevicesFixture.on(kind);
            inventory = new InventoryService(it.database, it.devices, it.events, it.clock);
            listener = new InventoryIntake(it.intake, it.devices, inventory, new Observed());
            device = it.register("kiosk-1").id();
        }

        Map<String, String> values() {
            it.settle();
            var values = new HashMap<String, String>();
            inventory
                    .values(device, ResourcePath.ROOT)
                    .forEach(
                            known -> values.put(known.path().toString(), known.value().toString()));
            return values;
        }

        Reading reading(Object... pathsAndValues) {
            return at(it.clock.instant(), pathsAndValues);
        }

        static Reading at(Instant at, Object... pathsAndValues) {
            var values = new HashMap<ResourcePath, ResourceValue>();
            for (int i = 0; i < pathsAndValues.length; i += 2) {
                values.put(
                        ResourcePath.parse((String) pathsAndValues[i]),
                        (ResourceValue) pathsAndValues[i + 1]);
            }
            return new Reading(at, values, false);
        }

        @Override
        public void close() {
            it.close();
        }
    }

    private static ResourceValue text(String value) {
        return new ResourceValue.Text(value);
    }

    private static ResourceValue number(long value) {
        return new ResourceValue.Int(value);
    }

    @Test
    void every_kind_of_value_is_kept_exactly() {
        var values =
                List.of(
                        text(""),
                        text(HOSTILE),
                        text("s5:\"x"),
                        number(Long.MIN_VALUE),
                        new ResourceValue.Unsigned(
                                BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
                        new ResourceValue.Float(Double.NaN),
                        new ResourceValue.Float(-0.1),
                        new ResourceValue.Bool(true),
                        new ResourceValue.Time(Instant.parse("1970-01-01T00:00:01Z")),
                        new ResourceValue.Link(65535, 65535),
                        new ResourceValue.Bytes(new byte[] {0, -1, 127}));
        for (var value : values) {
            assertThat(ValueText.read(ValueText.write(value))).isEqualTo(value);
        }
        var large = new ResourceValue.Bytes(new byte[100_000]);
        assertThat(((ResourceValue.Bytes) ValueText.read(ValueText.write(large))).length())
                .isEqualTo(ValueText.LONGEST);
        assertThat(ValueText.read(ValueText.write(text("y".repeat(10_000)))).toString())
                .hasSize(ValueText.LONGEST);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_device_says_becomes_values_facts_and_one_event(TestDatabase kind) {
        try (var world = new World(kind)) {
            world.it.eventTypes();
            world.inventory.read(
                    world.device,
                    ResourcePath.parse("/3/0"),
                    world.reading(
                            "/3/0/0", text(HOSTILE),
                            "/3/0/3", text("1.2.0"),
                            "/3/0/9", number(21),
                            "/3/0/11/0", number(2),
                            "/3/0/11/1", number(0),
                            "/3/0/13",
                                    new ResourceValue.Time(
                                            world.it.clock.instant().plusSeconds(3600))));
            var facts = world.it.device("kiosk-1").facts();
            assertThat(facts.firmware()).isEqualTo("1.2.0");
            assertThat(facts.battery()).hasValue(21);
            assertThat(facts.errorCodes()).containsExactly(2);
            assertThat(facts.clockSkew()).contains(Duration.ofHours(1));
            assertThat(facts.manufacturer()).doesNotContain("\u0000", "\u202E", "\n");
            assertThat(world.values()).containsEntry("/3/0/0", HOSTILE);
            assertThat(world.it.eventTypes()).containsExactly("inventory.changed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_multiple_resource_told_whole_has_just_what_was_told(TestDatabase kind) {
        try (var world = new World(kind)) {
            var path = ResourcePath.parse("/3/0/11");
            world.listener.notified(
                    "kiosk-1", path, world.reading("/3/0/11/0", number(1), "/3/0/11/1", number(3)));
            world.listener.notified("kiosk-1", path, world.reading("/3/0/11/1", number(3)));
            assertThat(world.values()).containsOnlyKeys("/3/0/11/1");
            world.listener.sent("kiosk-1", world.reading("/3/0/11/0", number(7)));
            assertThat(world.values()).containsOnlyKeys("/3/0/11/0", "/3/0/11/1");
            world.listener.notified("kiosk-1", path, world.reading());
            assertThat(world.values()).isEmpty();
            assertThat(world.it.device("kiosk-1").facts().errorCodes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_devices_clock_harms_nobody(TestDatabase kind) {
        try (var world = new World(kind)) {
            var now = world.it.clock.instant();
            for (var claimed : List.of(Instant.EPOCH, now.plus(Duration.ofDays(9000)))) {
                world.listener.sent("kiosk-1", World.at(claimed, "/3/0/9", number(5)));
                world.it.settle();
                assertThat(
                                world.inventory
                                        .value(world.device, ResourcePath.parse("/3/0/9"))
                                        .orElseThrow()
                                        .at())
                        .isEqualTo(now);
            }
            world.listener.sent("kiosk-1", World.at(now.minusSeconds(60), "/3/0/9", number(99)));
            assertThat(world.values()).containsEntry("/3/0/9", "5");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_device_that_tells_without_end_is_bounded(TestDatabase kind) {
        try (var world = new World(kind)) {
            var many = new Object[2 * 3_000];
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 3_000; i++) {
                    many[2 * i] = "/30000/" + round + "/" + i;
                    many[2 * i + 1] = number(i);
                }
                world.listener.sent("kiosk-1", world.reading(many));
            }
            world.listener.sent("kiosk-1", world.reading("/30000/0/5", number(-1)));
            assertThat(world.values())
                    .hasSize(InventoryTable.MOST)
                    .containsEntry("/30000/0/5", "-1");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_registration_tells_lifetime_and_which_instances_are_gone(TestDatabase kind) {
        try (var world = new World(kind)) {
            world.listener.sent(
                    "kiosk-1", world.reading("/3/0/0", text("Acme"), "/3/1/0", text("gone")));
            world.listener.registered(world.it.registration("kiosk-1"), false);
            assertThat(world.values())
                    .containsEntry("/1/0/1", "300")
                    .containsEntry("/1/0/7", "U")
                    .containsKey("/3/0/0")
                    .doesNotContainKey("/3/1/0");
        }
    }
}
