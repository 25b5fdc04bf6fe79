package org.omtpdm.server.lwm2m.registry;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;

/** Prints heap and disk per registration with 12 object links, and the time of a restart. */
public final class HeapPerRegistration {
    private HeapPerRegistration() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        boolean allDiffer = arguments.length > 1;
        var folder = Files.createTempDirectory("heap");
        var registry = Registry.open(folder, Registry.RegistryConfig.defaults(), Clock.systemUTC());
        register(registry, 0, allDiffer);
        long before = used();
        for (int i = 1; i <= count; i++) {
            register(registry, i, allDiffer);
        }
        System.out.printf(
                "%d registrations, %s announcements: %d B of heap each%n",
                count, allDiffer ? "all different" : "alike", (used() - before) / count);
        registry.close();
        long start = System.nanoTime();
        var again = Registry.open(folder, Registry.RegistryConfig.defaults(), Clock.systemUTC());
        System.out.printf(
                "restart with %d: %d ms%n", again.size(), (System.nanoTime() - start) / 1_000_000);
        again.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                System.out.printf("%s: %d B%n", file.getFileName(), Files.size(file));
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void register(Registry registry, int i, boolean allDiffer) {
        var objects = new TreeMap<Integer, AnnouncedObject>();
        int[] ids = {1, 2, 3, 4, 5, 6, 7, 9, 20, 42769, 42770, 42771};
        for (int id : ids) {
            objects.put(id, new AnnouncedObject("1.0", List.of(allDiffer ? i % 60_000 : 0)));
        }
        var committed =
                registry.register(
                                "urn:imei:35" + (1000000000L + i),
                                Optional.of("urn:imei:35" + (1000000000L + i)),
                                new InetSocketAddress("10.0." + (i >> 8 & 255) + ".1", i & 0x7FFF),
                                86400,
                                new Announcement(
                                        "1.1", "1.1", "U", false, "", 7, objects, List.of()))
                        .committed();
        if (i % 1000 == 0) {
            committed.join();
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
