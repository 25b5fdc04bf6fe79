package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged {@code dm.jar} in a process of its own, as a user runs it. */
public final class DmProcess implements AutoCloseable {

    private static final List<String> JVM =
            List.of(
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Dfile.encoding=UTF-8");

    private final Process process;
    private final Path out;
    private final Path err;

    private DmProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a command that ends ended. */
    public record Ended(int exitCode, String out, String err) {
        /** Standard output as JSON. */
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new AssertionError("No JSON: " + out + err, e);
            }
        }
    }

    /**
     * Starts it.
     *
     * @param folder for what it prints
     */
    public static DmProcess start(
            Path folder, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(List.of("-jar", jar().toString()));
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            // what a demo of the developer left in his home is none of a test's business
            builder.environment()
                    .put(
                            "XDG_DATA_HOME",
                            folder.resolve("no-data-home").toAbsolutePath().toString());
            builder.environment().putAll(environment);
            return new DmProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static Ended run(Path folder, Map<String, String> environment, String... arguments) {
        try (DmProcess command = start(folder, environment, arguments)) {
            int exitCode = command.awaitEnd(Duration.ofSeconds(90));
            return new Ended(exitCode, command.out(), command.err());
        }
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("dm.jar", "target/dm.jar"));
        assertThat(jar).as("dm.jar, made by the package phase").exists();
        return jar.toAbsolutePath();
    }

    /**
     * Waits for a line on standard output that begins so; fails when the process ends first.
     *
     * @param atMost on a machine that has nothing else to do; on a busy one in proportion to its
     *     load
     */
    public String awaitLine(String beginning, Duration atMost) {
        return Awaitility.await(
                        "a line '"
                                + beginning
                                + "…' of "
                                + process.info().arguments().map(List::of))
                .atMost(inProportionToLoad(atMost))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            var line =
                                    out().lines()
                                            .filter(text -> text.startsWith(beginning))
                                            .findFirst();
                            if (line.isEmpty() && !process.isAlive()) {
                                throw new AssertionError(
                                        "Ended with " + process.exitValue() + ": " + err());
                            }
                            return line.orElse(null);
                        },
                        line -> line != null);
    }

    /** A time limit for an idle machine, longer on a busy one. */
    static Duration inProportionToLoad(Duration idle) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double load = system.getSystemLoadAverage() / system.getAvailableProcessors();
        return idle.multipliedBy(Math.round(Math.max(1, Math.min(8, load))));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    /** SIGTERM, as {@code kill} and service managers send it. */
    public int terminate() {
        process.destroy();
        return awaitEnd(Duration.ofSeconds(30));
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    public int awaitEnd(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + atMost + ": " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
