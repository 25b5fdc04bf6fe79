package org.omtpdm.server.devices;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.TestDatabase;

/**
 * How long lists, searches and counts take with 100,000 devices. Not part of the build: run it with
 * {@code -Dtest=DeviceListMeasurement}; it prints medians.
 */
class DeviceListMeasurement {

    private static final int DEVICES = 100_000;
    private static final int ROUNDS = 9;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void measure(TestDatabase kind) {
        try (var it = DevicesFixture.on(kind)) {
            fill(it);
            System.out.println("== " + kind + ", " + DEVICES + " devices");
            for (var key : DeviceSort.Key.values()) {
                for (boolean downwards : new boolean[] {false, true}) {
                    var sort = new DeviceSort(key, downwards);
                    time(
                            "first page by " + sort,
                            () -> page(it, DeviceFilter.ALL, sort, Optional.empty()));
                }
            }
            var middle =
                    page(
                            it,
                            DeviceFilter.ALL,
                            DeviceSort.BY_NAME,
                            Optional.of(Cursor.of("device 050000", "", it.clock.millis())));
            time(
                    "page in the middle by name",
                    () ->
                            page(
                                    it,
                                    DeviceFilter.ALL,
                                    DeviceSort.BY_NAME,
                                    Optional.of(
                                            Cursor.of("device 050000", "", it.clock.millis()))));
            for (var words :
                    List.of(
                            "device",
                            "lyon",
                            "device-077777",
                            "model-3 fw-1.2",
                            "nothing-like-this")) {
                time(
                        "search '" + words + "' by name",
                        () ->
                                page(
                                        it,
                                        DeviceFilter.search(words),
                                        DeviceSort.BY_NAME,
                                        Optional.empty()));
                time(
                        "search '" + words + "' by -lastHeard",
                        () ->
                                page(
                                        it,
                                        DeviceFilter.search(words),
                                        DeviceSort.find("-lastHeard").get(),
                                        Optional.empty()));
            }
            for (var state : List.of(DeviceState.ONLINE, DeviceState.SILENT, DeviceState.REFUSED)) {
                time(
                        "state " + state + " by name",
                        () ->
                                page(
                                        it,
                                        DeviceFilter.ALL.in(state),
                                        DeviceSort.BY_NAME,
                                        Optional.empty()));
            }
            time(
                    "counts by state",
                    () -> it.devices.countByState(DeviceFilter.ALL, DevicesFixture.ALL));
            time("facets of all", () -> it.devices.facets(DeviceFilter.ALL, DevicesFixture.ALL));
            time(
                    "facets of 'lyon'",
                    () -> it.devices.facets(DeviceFilter.search("lyon"), DevicesFixture.ALL));
            time(
                    "facets of Silent",
                    () ->
                            it.devices.facets(
                                    DeviceFilter.ALL.in(DeviceState.SILENT), DevicesFixture.ALL));
            time("ids of all", () -> it.devices.ids(DeviceFilter.ALL, DevicesFixture.ALL));
            for (int i = 0; i < DEVICES; i++)
                it.listener.heard("device-%06d".formatted(i), it.clock.instant().plusMillis(1));
            var start = System.nanoTime();
            it.listener.flush();
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> it.intake.waiting() == 0);
            System.out.printf(
                    "%-50s %8.1f ms%n",
                    "heard of all once, written", (System.nanoTime() - start) / 1e6);
        }
    }

    private static Object page(
            DevicesFixture it, DeviceFilter filter, DeviceSort sort, Optional<Cursor> cursor) {
        return it.devices.page(filter, sort, new PageRequest(50, cursor), DevicesFixture.ALL);
    }

    private static void time(String what, Supplier<Object> question) {
        var times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            var start = System.nanoTime();
            question.get();
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf(
                "%-50s %8.1f ms (worst %.1f)%n", what, times[ROUNDS / 2], times[ROUNDS - 1]);
    }

    private static void fill(DevicesFixture it) {
        var random = new Random(1);
        var start = System.nanoTime();
        for (int from = 0; from < DEVICES; from += 1000) {
            var first = from;
            it.database.write(
                    tx -> {
                        for (int i = first; i < first + 1000; i++) {
                            var endpoint = "device-%06d".formatted(i);
                            var id = Ids.next();
                            DeviceWrites.insert(
                                    tx.handle(),
                                    id,
                                    endpoint,
                                    "Device %06d".formatted(i),
                                    tx.now());
                            var heard = tx.now().minusSeconds(random.nextInt(400));
                            var registration =
                                    it.registration(endpoint, Ids.next(), heard, i % 3 == 0);
                            DeviceWrites.registration(
                                    tx.handle(),
                                    id,
                                    registration,
                                    ContactRhythm.first(heard, Duration.ofSeconds(300)));
                            tx.handle()
                                    .execute(
                                            "UPDATE devices SET valid_until = ? WHERE id = ?",
                                            heard.plusSeconds(300).toEpochMilli(),
                                            id);
                            var device =
                                    DeviceQueries.byEndpoint(tx.handle(), endpoint).orElseThrow();
                            DeviceWrites.facts(
                                    tx.handle(),
                                    device,
                                    new DeviceFacts(
                                            "Maker " + i % 4,
                                            "Model-" + i % 7,
                                            "S" + i,
                                            "fw-1." + i % 9,
                                            OptionalInt.of(i % 100),
                                            OptionalLong.of(i),
                                            List.of(0),
                                            OptionalLong.of(i % 300),
                                            Optional.of(Duration.ofSeconds(i % 5))));
                            if (i % 50 == 0) {
                                DeviceWrites.words(
                                        tx.handle(),
                                        DeviceQueries.byEndpoint(tx.handle(), endpoint)
                                                .orElseThrow(),
                                        "Device %06d".formatted(i),
                                        "Kiosk in Lyon");
                            }
                        }
                        return null;
                    });
        }
        System.out.printf("%s filled in %.1f s%n", it.database, (System.nanoTime() - start) / 1e9);
    }
}
