package org.omtpdm.client.virtual;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.omtpdm.objects.file.DevicePath;

/**
 * The scripted world of one virtual device: what runs on it, what lies on it, how it feels.
 * Thread-safe.
 */
public final class VirtualWorld {

    private static final int STORAGE = 0;
    private static final int SYSTEM = 1;
    private static final long MEMORY = 4L << 30;

    private final Scenario.Member member;
    private final Clock clock;
    private final VirtualProcesses processes = new VirtualProcesses(MEMORY);
    private final VirtualFiles files = new VirtualFiles();
    private final VirtualFacts facts;

    VirtualWorld(Scenario.Member member, Clock clock) {
        this.member = member;
        this.clock = clock;
        Random random = new Random(member.seed());
        this.facts = new VirtualFacts(member.kind(), member.personality(), random, clock);
        fill(random);
        boot(clock.instant().minus(Duration.ofMinutes(20 + random.nextInt(20_000))));
    }

    public VirtualProcesses processes() {
        return processes;
    }

    public VirtualFiles files() {
        return files;
    }

    public VirtualFacts facts() {
        return facts;
    }

    private void fill(Random random) {
        Instant now = clock.instant();
        for (String name : Catalogue.SYSTEM_PROCESSES) {
            file(SYSTEM, "bin/" + name, now, random, 40_000);
        }
        for (String name : member.kind().applications()) {
            file(SYSTEM, "app/" + name + "/" + name + ".pkg", now, random, 90_000);
            file(STORAGE, "app-data/" + name + "/settings.json", now, random, 900);
            file(STORAGE, "app-data/" + name + "/cache.db", now, random, 30_000);
        }
        for (String name : Catalogue.DOCUMENTS) {
            if (random.nextInt(3) > 0) {
                file(STORAGE, "documents/" + name, now, random, 60_000);
            }
        }
        file(STORAGE, "download/readme.txt", now, random, 700);
        if (member.personality() == Personality.INFECTED) {
            files.add(
                    path(STORAGE, Catalogue.MALWARE_FILE),
                    age(now, random),
                    Catalogue.MALWARE_CONTENT);
            files.add(
                    path(STORAGE, Catalogue.MALWARE_DROP),
                    age(now, random),
                    Catalogue.MALWARE_CONTENT);
        }
        if (member.personality() == Personality.VIOLATING) {
            Catalogue.FORBIDDEN_PROCESSES.forEach(
                    name -> file(STORAGE, "sideload/" + name + ".pkg", now, random, 50_000));
        }
    }

    private void file(int root, String path, Instant now, Random random, int mostBytes) {
        files.add(
                path(root, path),
                age(now, random),
                random.nextLong(),
                1 + random.nextInt(mostBytes));
    }

    private static Instant age(Instant now, Random random) {
        return now.minus(Duration.ofMinutes(random.nextInt(400_000)));
    }

    static DevicePath path(int root, String path) {
        return new DevicePath(root, path);
    }

    /** Everything starts anew, as after a reboot at that time. */
    void boot(Instant at) {
        Random random = new Random(member.seed() + at.getEpochSecond());
        List<String> names = new ArrayList<>(Catalogue.SYSTEM_PROCESSES);
        names.removeAll(List.of("init", "dmclient"));
        names.addAll(member.kind().applications());
        if (member.personality() == Personality.VIOLATING) {
            names.addAll(Catalogue.FORBIDDEN_PROCESSES);
        }
        processes.boot(names, random, at);
        boolean isStillInfected = files.exists(path(STORAGE, Catalogue.MALWARE_FILE));
        if (member.personality() == Personality.INFECTED && isStillInfected) {
            processes.start(Catalogue.MALWARE_PROCESS, 10_077, 420, 88_000, at.plusSeconds(90));
        }
    }
}
