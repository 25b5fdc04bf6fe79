package org.omtpdm.client.virtual;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.omtpdm.objects.NetworkBearer;

/**
 * Who a virtual device is and what it holds; the same for the same kind, endpoint and seed.
 *
 * @param battery percent at the start
 * @param freeKiB free storage
 * @param signalDbm strength of the radio signal
 * @param files content by path
 */
public record Personality(
        Kind kind,
        String manufacturer,
        String model,
        String serialNumber,
        String firmware,
        int battery,
        long freeKiB,
        NetworkBearer bearer,
        int signalDbm,
        List<Program> programs,
        Map<String, byte[]> files) {

    /** Name of the process that stands for the management agent itself. */
    public static final String AGENT = "dm-agent";

    /** What makes a device worth looking at. */
    public enum Kind {
        /** Nothing special. */
        PLAIN,
        /** In queue mode and deaf between wake-ups. */
        ASLEEP,
        /** Runs an outdated firmware. */
        OLD_FIRMWARE,
        /** Runs and stores a program that should not be there. */
        INFECTED,
        /** Has applications and files an enterprise would forbid. */
        VIOLATING,
        /** Loses a fifth of its messages. */
        FLAKY_LINK
    }

    /** One process of the script. @param age since its start */
    public record Program(
            long pid,
            String name,
            long uid,
            long rssKiB,
            int cpuPermille,
            Duration age,
            boolean isKernel) {}

    private record Make(String manufacturer, String model) {}

    private static final List<Make> MAKES =
            List.of(
                    new Make("Northwind", "Kiosk 7"),
                    new Make("Northwind", "Handset N3"),
                    new Make("Aldgate", "Scanner S2"),
                    new Make("Aldgate", "Gateway G1"),
                    new Make("Corvus", "Meter M40"));

    private static final List<String> ORDINARY =
            List.of(
                    "ui-shell",
                    "radio-mgr",
                    "mail",
                    "calendar",
                    "logd",
                    "netd",
                    "sensor-hub",
                    "browser",
                    "camera-svc",
                    "updater");

    /** Makes one up. */
    public static Personality of(Kind kind, String endpoint, long seed) {
        var random = new Random(seed * 31 + endpoint.hashCode());
        var make = MAKES.get(random.nextInt(MAKES.size()));
        var firmware =
                kind == Kind.OLD_FIRMWARE ? "1.0.0" : random.nextInt(4) == 0 ? "1.1.4" : "1.2.0";
        return new Personality(
                kind,
                make.manufacturer(),
                make.model(),
                "%s-%06d"
                        .formatted(
                                make.model().substring(0, 2).toUpperCase(java.util.Locale.ROOT),
                                random.nextInt(1_000_000)),
                firmware,
                kind == Kind.FLAKY_LINK ? 12 : 35 + random.nextInt(65),
                40_000 + random.nextInt(300_000),
                random.nextBoolean() ? NetworkBearer.LTE_FDD : NetworkBearer.WLAN,
                kind == Kind.FLAKY_LINK ? -108 : -60 - random.nextInt(30),
                programs(kind, random),
                files(kind, endpoint, firmware));
    }

    private static List<Program> programs(Kind kind, Random random) {
        var programs = new ArrayList<Program>();
        var up = Duration.ofHours(1 + random.nextInt(400));
        programs.add(new Program(1, "init", 0, 2_100, 0, up, false));
        programs.add(new Program(2, "kworker/0:1", 0, 0, 0, up, true));
        programs.add(new Program(140, AGENT, 0, 5_800, 2, up, false));
        long pid = 200;
        for (var name : ORDINARY) {
            pid += 1 + random.nextInt(60);
            programs.add(
                    new Program(
                            pid,
                            name,
                            name.endsWith("d") ? 0 : 10_001,
                            2_000 + random.nextInt(60_000),
                            random.nextInt(25),
                            up.minusSeconds(random.nextInt(600)),
                            false));
        }
        if (kind == Kind.INFECTED) {
            programs.add(
                    new Program(
                            pid + 7,
                            "invoice-helper",
                            10_001,
                            9_300,
                            310,
                            Duration.ofMinutes(47),
                            false));
        }
        if (kind == Kind.VIOLATING) {
            programs.add(
                    new Program(
                            pid + 9,
                            "torrent-box",
                            10_001,
                            88_000,
                            120,
                            Duration.ofHours(3),
                            false));
        }
        return List.copyOf(programs);
    }

    private static Map<String, byte[]> files(Kind kind, String endpoint, String firmware) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("0:apps/mail/mail.bin", contentOf("mail"));
        files.put("0:apps/calendar/calendar.bin", contentOf("calendar"));
        files.put("0:apps/browser/browser.bin", contentOf("browser"));
        files.put("0:downloads/readme.txt", text("Files that the person at the device fetched.\n"));
        files.put("0:downloads/menu.pdf", text("%PDF-1.4 sample of " + endpoint + "\n"));
        files.put("1:boot.log", text("firmware " + firmware + "\nall services started\n"));
        files.put("1:radio.log", text("attached\n"));
        if (kind == Kind.INFECTED) {
            files.put("0:downloads/invoice-helper", contentOf("invoice-helper"));
        }
        if (kind == Kind.VIOLATING) {
            files.put("0:apps/torrent-box/torrent-box.bin", contentOf("torrent-box"));
            files.put("0:downloads/game.zip", contentOf("game"));
        }
        return files;
    }

    /** The bytes of a program: the same on every device, so that its digest is. */
    static byte[] contentOf(String program) {
        return text("program " + program + " 1.0\n" + (program + "\n").repeat(200));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
