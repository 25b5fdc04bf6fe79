package org.omtpdm.server.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.TestDatabase;

/** Lists, counts, searches and facets against what is computed from the rows one by one. */
class DeviceListTest {

    private static final int DEVICES = 150;

    /** Devices of one manufacturer only. */
    private record OnlyFrom(String manufacturer) implements DeviceScope {
        @Override
        public String sql(String deviceAlias) {
            return deviceAlias + ".manufacturer = :scope OR 1 = 0";
        }

        @Override
        public Map<String, Object> bindings() {
            return Map.of("scope", manufacturer);
        }

        @Override
        public boolean includes(String deviceId) {
            throw new UnsupportedOperationException("not asked for by lists");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_question_stays_within_the_askers_scope(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var all = fill(it, new Random(7));
            var now = it.clock.instant();
            var scope = new OnlyFrom("Maker 1");
            var mine =
                    all.stream()
                            .filter(device -> device.facts().manufacturer().equals("Maker 1"))
                            .toList();
            assertThat(mine).isNotEmpty().hasSizeLessThan(all.size());

            for (var filter : filters()) {
                var expected = ids(mine, device -> matches(device, filter, now));
                var facets = it.devices.facets(filter, scope);
                assertThat(it.devices.count(filter, scope)).isEqualTo(expected.size());
                assertThat(it.devices.ids(filter, scope))
                        .containsExactlyInAnyOrderElementsOf(expected);
                assertThat(facets.total()).isEqualTo(expected.size());
                assertThat(facets.manufacturer())
                        .allMatch(facet -> facet.value().equals("Maker 1"));
                assertThat(sum(facets.state())).isEqualTo(expected.size());
                assertThat(sum(facets.firmware())).isEqualTo(expected.size());
                for (var key : DeviceSort.Key.values()) {
                    assertThat(walk(it, filter, new DeviceSort(key, true), scope, () -> {}))
                            .as("%s by %s", filter, key)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
            }
            var other = ids(all, device -> !mine.contains(device)).iterator().next();
            assertThat(it.devices.find(other, scope)).isEmpty();
            assertThat(it.devices.findAll(List.of(other, mine.get(0).id()), scope))
                    .extracting(Device::id)
                    .containsExactly(mine.get(0).id());
            assertThat(it.devices.addedSince(Instant.EPOCH, scope)).isEqualTo(mine.size());
            assertThat(it.devices.heardByHour(scope).stream().mapToLong(HeardHour::count).sum())
                    .isLessThanOrEqualTo(mine.size());
        }
    }

    private static long sum(List<FacetCount> counts) {
        return counts.stream().mapToLong(FacetCount::count).sum();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void paging_skips_and_repeats_nothing_that_stays_where_it_is(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            var random = new Random(11);
            var all = fill(it, random);
            for (var key : DeviceSort.Key.values()) {
                for (var downwards : List.of(true, false)) {
                    var touched = new HashSet<String>();
                    var seen =
                            walk(
                                    it,
                                    DeviceFilter.ALL,
                                    new DeviceSort(key, downwards),
                                    DevicesFixture.ALL,
                                    () -> touched.add(change(it, all, random)));
                    var still =
                            all.stream()
                                    .map(Device::id)
                                    .filter(id -> !touched.contains(id))
                                    .toList();
                    assertThat(seen.stream().filter(id -> !touched.contains(id)))
                            .as("by %s%s", downwards ? "-" : "", key)
                            .containsExactlyInAnyOrderElementsOf(still);
                }
            }
        }
    }

    /** One device changes in every column that lists sort by; time goes on. */
    private static String change(DevicesFixture it, List<Device> all, Random random) {
        var device = all.get(random.nextInt(all.size()));
        it.clock.advance(Duration.ofSeconds(20));
        it.database.write(
                tx -> {
                    DeviceWrites.facts(tx.handle(), device, facts(random));
                    DeviceWrites.words(tx.handle(), device, "N" + random.nextInt(50), "");
                    return null;
                });
        it.listener.heard(device.endpoint(), it.clock.instant());
        it.settle();
        return device.id();
    }

    private static List<String> walk(
            DevicesFixture it,
            DeviceFilter filter,
            DeviceSort sort,
            DeviceScope scope,
            Runnable between) {
        var ids = new ArrayList<String>();
        var cursor = Optional.<Cursor>empty();
        do {
            var page = it.devices.page(filter, sort, new PageRequest(20, cursor), scope);
            page.items().forEach(device -> ids.add(device.id()));
            cursor = page.nextCursor().map(Cursor::parse);
            between.run();
        } while (cursor.isPresent());
        return ids;
    }

    private static List<DeviceFilter> filters() {
        return List.of(
                DeviceFilter.ALL,
                DeviceFilter.search("model-1"),
                DeviceFilter.search("KIOSK fw-2"),
                DeviceFilter.search("nothing"),
                DeviceFilter.ALL.in(DeviceState.ONLINE),
                DeviceFilter.ALL.in(DeviceState.SILENT, DeviceState.NEVER_SEEN),
                DeviceFilter.search("1").in(DeviceState.OVERDUE, DeviceState.ASLEEP));
    }

    private static boolean matches(Device device, DeviceFilter filter, Instant now) {
        var text =
                PlainText.folded(
                        String.join(
                                "\n",
                                device.endpoint(),
                                device.givenName(),
                                device.note(),
                                device.facts().manufacturer(),
                                device.facts().model(),
                                device.facts().serial(),
                                device.facts().firmware()));
        var words = filter.q().map(PlainText::folded).orElse("").split(" ");
        return List.of(words).stream().allMatch(text::contains)
                && (filter.state().isEmpty() || filter.state().contains(device.state(now)));
    }

    private static Set<String> ids(
            List<Device> devices, java.util.function.Predicate<Device> condition) {
        return devices.stream().filter(condition).map(Device::id).collect(Collectors.toSet());
    }

    private static DeviceFacts facts(Random random) {
        return new DeviceFacts(
                "Maker " + random.nextInt(3),
                "Model-" + random.nextInt(4),
                "S" + random.nextInt(1000),
                random.nextInt(5) == 0 ? "" : "fw-" + random.nextInt(4),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(101)) : OptionalInt.empty(),
                OptionalLong.empty(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static List<Device> fill(DevicesFixture it, Random random) {
        var start = it.clock.instant();
        for (int i = 0; i < DEVICES; i++) {
            var endpoint = "kiosk-%03d".formatted(i);
            if (i % 10 == 0) {
                it.database.write(tx -> it.devices.add(tx, DevicesFixture.ANNA, endpoint, "Kiosk"));
            } else {
                it.clock.set(start.plusSeconds(random.nextInt(300)));
                it.listener.registered(
                        it.registration(endpoint, "r" + i, it.clock.instant(), i % 3 == 0), false);
            }
        }
        it.settle();
        it.clock.set(start.plusSeconds(400));
        it.database.write(
                tx -> {
                    for (int i = 0; i < DEVICES; i++) {
                        var endpoint = "kiosk-%03d".formatted(i);
                        var device = DeviceQueries.byEndpoint(tx.handle(), endpoint).orElseThrow();
                        DeviceWrites.facts(tx.handle(), device, facts(random));
                    }
                    return null;
                });
        return it.devices.findAll(
                it.devices.ids(DeviceFilter.ALL, DevicesFixture.ALL), DevicesFixture.ALL);
    }
}
