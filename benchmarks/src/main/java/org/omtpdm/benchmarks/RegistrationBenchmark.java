package org.omtpdm.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Registration Updates and Sends per second, our server with its durable store against a bare
 * Leshan server, in one run on one machine. Every server is a process of its own, pinned to one
 * core where {@code taskset} exists; the rounds alternate and the medians count.
 *
 * <pre>java -cp … org.omtpdm.benchmarks.RegistrationBenchmark [rounds] [seconds] [devices]</pre>
 */
public final class RegistrationBenchmark {
    private RegistrationBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int devices = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        Map<String, List<Double>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var server : List.of("BareLeshanServer", "OurServer")) {
                measure(server, seconds, devices, results);
            }
        }
        System.out.printf("%-40s %12s%n", "requests per second, median of " + rounds, "");
        results.forEach(
                (what, values) -> System.out.printf("%-40s %,12.0f%n", what, median(values)));
        for (var traffic : CoapLoad.Traffic.values()) {
            double ratio =
                    median(results.get("OurServer " + traffic))
                            / median(results.get("BareLeshanServer " + traffic));
            System.out.printf("%-40s %11.2f x%n", "ours / bare Leshan, " + traffic, ratio);
        }
    }

    private static void measure(
            String server, int seconds, int devices, Map<String, List<Double>> results)
            throws Exception {
        var process = start(server);
        try {
            int port = portOf(process);
            for (var traffic : CoapLoad.Traffic.values()) {
                try (var load = new CoapLoad(new InetSocketAddress("127.0.0.1", port), devices)) {
                    load.register();
                    load.run(traffic, Duration.ofSeconds(Math.max(3, seconds / 2)));
                    double rate = load.run(traffic, Duration.ofSeconds(seconds));
                    System.err.printf("%s %s %,.0f/s%n", server, traffic, rate);
                    results.computeIfAbsent(server + " " + traffic, key -> new ArrayList<>())
                            .add(rate);
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Process start(String server) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            command.addAll(List.of("taskset", "-c", "0"));
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.omtpdm.benchmarks." + server));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Servers print {@code port N} when they listen. */
    private static int portOf(Process process) throws IOException {
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5).trim());
            }
        }
        throw new IOException("The server ended before it printed its port");
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
    }
}
