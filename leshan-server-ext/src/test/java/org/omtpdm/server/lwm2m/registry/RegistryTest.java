package org.omtpdm.server.lwm2m.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.lwm2m.registry.Registry.RegistryConfig;

/** What was acknowledged survives, wherever the file ends. */
class RegistryTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 40000);

    @TempDir Path folder;
    private final TestClock clock = new TestClock();

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static Announcement announcement(int seed) {
        var objects = new TreeMap<Integer, AnnouncedObject>();
        objects.put(1, new AnnouncedObject("1.0", List.of(seed % 3)));
        objects.put(3, new AnnouncedObject("1.1", List.of(0)));
        objects.put(42769, new AnnouncedObject("1.0", List.of(0, 7, 65534)));
        objects.put(10243, new AnnouncedObject("12.34", List.of()));
        return new Announcement(
                "1.1", "1.1", "U", seed % 2 == 0, "", seed % 8, objects, List.of("note " + seed));
    }

    private Registry open() throws IOException {
        return open(RegistryConfig.defaults());
    }

    private Registry open(RegistryConfig config) throws IOException {
        return Registry.open(folder, config, clock);
    }

    private static Registration register(Registry registry, String endpoint, int seed) {
        var registered =
                registry.register(
                        endpoint,
                        seed % 3 == 0 ? Optional.empty() : Optional.of("id " + endpoint),
                        new InetSocketAddress("127.0.0.1", 1000 + seed),
                        100 + seed,
                        announcement(seed));
        registered.committed().join();
        return registered.registration();
    }

    @Test
    void everything_is_there_after_a_kill() throws IOException {
        var killed = open();
        var first = register(killed, "first", 1);
        var second = register(killed, "second", 3);
        killed.keep(killed.observing(first, 77, ResourcePath.parse("/3/0/9"), 112)).join();
        killed.update(second, ADDRESS, 4000, announcement(5)).join();
        killed.abandon();

        try (var registry = open()) {
            assertThat(registry.size()).isEqualTo(2);
            var one = registry.byEndpoint("first").orElseThrow();
            assertThat(one.facts(List.of())).isEqualTo(first.facts(List.of()));
            assertThat(one.identity()).contains("id first");
            assertThat(registry.observed(77).orElseThrow().path())
                    .isEqualTo(ResourcePath.parse("/3/0/9"));
            assertThat(registry.observed(77).orElseThrow().format()).isEqualTo(112);
            var two = registry.byId(second.id()).orElseThrow();
            assertThat(two.lifetime()).isEqualTo(4000);
            assertThat(two.address()).isEqualTo(ADDRESS);
            assertThat(two.announcement()).isEqualTo(announcement(5));
            assertThat(registry.unsecuredAt(ADDRESS)).contains(two);
        }
    }

    @Test
    void registering_anew_replaces_and_drops_observations() throws IOException {
        try (var registry = open()) {
            var before = register(registry, "anvil", 3);
            registry.keep(registry.observing(before, 5, ResourcePath.parse("/3/0"), -1)).join();
            var after = register(registry, "anvil", 4);
            assertThat(registry.size()).isEqualTo(1);
            assertThat(before.isValid()).isFalse();
            assertThat(registry.byId(before.id())).isEmpty();
            assertThat(registry.observed(5)).isEmpty();
            assertThat(registry.byEndpoint("anvil")).contains(after);
            assertThat(registry.unsecuredAt(before.address())).isEmpty();
        }
    }

    @Test
    void a_lifetime_ends_also_across_a_restart_but_not_in_the_first_minute() throws IOException {
        var killed = open();
        register(killed, "short", 1);
        killed.register("forever", Optional.empty(), ADDRESS, Registration.FOREVER, announcement(1))
                .committed()
                .join();
        clock.advance(Duration.ofSeconds(100));
        assertThat(killed.tick()).isEmpty();
        killed.abandon();
        clock.advance(Duration.ofDays(1));
        try (var registry = open()) {
            assertThat(registry.tick()).isEmpty();
            clock.advance(Duration.ofSeconds(62));
            assertThat(registry.tick()).extracting(Registration::endpoint).containsExactly("short");
            assertThat(registry.byEndpoint("short")).isEmpty();
            assertThat(registry.byEndpoint("forever")).isPresent();
        }
        try (var registry = open()) {
            assertThat(registry.size()).isEqualTo(1);
        }
    }

    @Test
    void an_update_moves_the_end_and_a_refresh_is_written_within_the_second() throws IOException {
        var killed = open();
        var registration = register(killed, "anvil", 1);
        clock.advance(Duration.ofSeconds(90));
        killed.refresh(registration);
        var log = folder.resolve("000001.log");
        long before = Files.size(log);
        killed.tick();
        await().until(() -> Files.size(log) > before);
        killed.abandon();
        try (var registry = open()) {
            assertThat(registry.byEndpoint("anvil").orElseThrow().facts(List.of()).lastUpdate())
                    .isEqualTo(clock.instant());
        }
    }

    @Test
    void the_log_may_end_at_any_byte() throws IOException {
        var log = folder.resolve("000001.log");
        var committed = new ArrayList<Map<String, Long>>();
        var sizes = new ArrayList<Long>();
        var now = new HashMap<String, Long>();
        try (var registry = open()) {
            var random = new Random(1);
            sizes.add(Files.size(log));
            committed.add(Map.copyOf(now));
            for (int step = 0; step < 16; step++) {
                var endpoint = "device-" + random.nextInt(6);
                var known = registry.byEndpoint(endpoint);
                if (known.isPresent() && random.nextInt(3) == 0) {
                    registry.remove(known.get()).join();
                    now.remove(endpoint);
                } else {
                    now.put(endpoint, register(registry, endpoint, step).id());
                }
                sizes.add(Files.size(log));
                committed.add(Map.copyOf(now));
            }
        }
        var whole = Files.readAllBytes(log);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(log, java.util.Arrays.copyOf(whole, length));
            int state = 0;
            while (state + 1 < sizes.size() && sizes.get(state + 1) <= length) {
                state++;
            }
            try (var registry = open()) {
                var found = new HashMap<String, Long>();
                registry.all().forEach(each -> found.put(each.endpoint(), each.id()));
                assertThat(found).as("cut at %d", length).isEqualTo(committed.get(state));
                if (length % 50 == 0) {
                    register(registry, "new", 1);
                }
            }
            if (length % 50 == 0) {
                try (var registry = open()) {
                    assertThat(registry.byEndpoint("new")).isPresent();
                }
            }
        }
    }

    @Test
    void a_flipped_bit_ends_the_log_there_and_nothing_throws() throws IOException {
        var log = folder.resolve("000001.log");
        try (var registry = open()) {
            for (int i = 0; i < 5; i++) {
                register(registry, "device-" + i, i);
            }
        }
        var whole = Files.readAllBytes(log);
        var random = new Random(2);
        for (int round = 0; round < 200; round++) {
            var damaged = whole.clone();
            damaged[8 + random.nextInt(whole.length - 8)] ^= (byte) (1 << random.nextInt(8));
            Files.write(log, damaged);
            try (var registry = open()) {
                assertThat(registry.size()).isLessThan(5);
            }
        }
    }

    @Test
    void compaction_keeps_everything_and_little_else() throws IOException {
        var small = new RegistryConfig(10_000, Duration.ZERO);
        var ids = new HashMap<String, Long>();
        var killed = open(small);
        for (int i = 0; i < 600; i++) {
            var endpoint = "device-" + i % 20;
            var registration = register(killed, endpoint, i);
            ids.put(endpoint, registration.id());
            killed.keep(killed.observing(registration, i, ResourcePath.parse("/3/0/1"), 0)).join();
        }
        killed.abandon();
        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(60_000);
        }
        try (var registry = open(small)) {
            var found = new HashMap<String, Long>();
            registry.all().forEach(each -> found.put(each.endpoint(), each.id()));
            assertThat(found).isEqualTo(ids);
            assertThat(registry.all()).allMatch(each -> each.observed().size() == 1);
        }
    }

    @Test
    void a_journal_of_a_newer_server_is_refused_and_left_alone() throws IOException {
        var file = folder.resolve("000001.log");
        Files.write(file, new byte[] {'O', 'M', 'T', 'P', 'R', 'G', 0, 9, 1, 2, 3});
        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::open))
                .hasMessageContaining("newer server");
        assertThat(Files.size(file)).isEqualTo(11);
    }
}
