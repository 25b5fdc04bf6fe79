package org.omtpdm.client.virtual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A fleet of virtual devices, as a scenario file describes it. The same scenario always gives the
 * same devices.
 *
 * @param seed decides names, models, processes and files
 * @param counts how many devices of each personality; none where one is missing
 * @param wakeEvery how often sleeping devices wake up
 * @param awake how long they hear then
 * @param constrained whether the devices pose as small ones
 */
public record Scenario(
        long seed,
        Map<Personality, Integer> counts,
        Duration wakeEvery,
        Duration awake,
        boolean constrained) {

    private static final int MOST_DEVICES = 100_000;
    private static final Duration DEFAULT_WAKE_EVERY = Duration.ofSeconds(60);
    private static final Duration DEFAULT_AWAKE = Duration.ofSeconds(10);

    /** One device of a scenario. */
    public record Member(String endpoint, DeviceKind kind, Personality personality, long seed) {}

    public Scenario {
        counts = Map.copyOf(counts);
        int sum = 0;
        for (Map.Entry<Personality, Integer> entry : counts.entrySet()) {
            if (entry.getValue() < 0 || entry.getValue() > MOST_DEVICES) {
                throw new IllegalArgumentException(
                        "Scenario: "
                                + entry.getValue()
                                + " devices "
                                + entry.getKey()
                                + ", expected 0 to "
                                + MOST_DEVICES);
            }
            sum += entry.getValue();
        }
        if (sum > MOST_DEVICES) {
            throw new IllegalArgumentException(
                    "Scenario: " + sum + " devices, expected at most " + MOST_DEVICES);
        }
        if (wakeEvery.getSeconds() < 1 || awake.getSeconds() < 1) {
            throw new IllegalArgumentException(
                    "Scenario: wake-up every "
                            + wakeEvery
                            + " for "
                            + awake
                            + ", expected 1 s or more each");
        }
    }

    /**
     * A fleet with some of everything: of 12 devices two sleep, and each other oddity is there at
     * least once.
     */
    public static Scenario mixed(int devices, long seed) {
        Map<Personality, Integer> counts = new TreeMap<>();
        int left = devices;
        for (Personality odd :
                List.of(
                        Personality.ASLEEP,
                        Personality.INFECTED,
                        Personality.OLD_FIRMWARE,
                        Personality.VIOLATING,
                        Personality.FLAKY)) {
            int wanted =
                    odd == Personality.ASLEEP || odd == Personality.OLD_FIRMWARE
                            ? (devices + 5) / 6
                            : (devices + 11) / 12;
            int count = Math.min(left, wanted);
            counts.put(odd, count);
            left -= count;
        }
        counts.put(Personality.PLAIN, left);
        return new Scenario(seed, counts, DEFAULT_WAKE_EVERY, DEFAULT_AWAKE, false);
    }

    /** Devices without any oddity. */
    public static Scenario plain(int devices, long seed) {
        return new Scenario(
                seed, Map.of(Personality.PLAIN, devices), DEFAULT_WAKE_EVERY, DEFAULT_AWAKE, false);
    }

    public Scenario withSleep(Duration newWakeEvery, Duration newAwake) {
        return new Scenario(seed, counts, newWakeEvery, newAwake, constrained);
    }

    public Scenario asConstrained() {
        return new Scenario(seed, counts, wakeEvery, awake, true);
    }

    public int size() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The devices; their endpoint names differ from each other. */
    public List<Member> members() {
        Random random = new Random(seed);
        List<Member> members = new ArrayList<>();
        for (Personality personality : Personality.values()) {
            for (int i = 0; i < counts.getOrDefault(personality, 0); i++) {
                DeviceKind kind = DeviceKind.values()[random.nextInt(DeviceKind.values().length)];
                String site = Catalogue.SITES.get(random.nextInt(Catalogue.SITES.size()));
                String endpoint =
                        String.format(
                                Locale.ROOT, "%s-%s-%03d", kind.prefix(), site, members.size() + 1);
                members.add(new Member(endpoint, kind, personality, random.nextLong()));
            }
        }
        return members;
    }
}
