package org.omtpdm.server.processes;

import static org.omtpdm.server.commands.ArgumentReader.bad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omtpdm.objects.Glob;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.process.ProcessOperations;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.reconcile.DeviceWords;

/**
 * Arguments of {@code process.terminate}: one process, or several found by name in a job.
 *
 * @param pattern the name pattern of a job
 * @param graceSeconds 0 to 60
 */
record TerminateArguments(
        List<Target> targets, Optional<Glob> pattern, TerminateMode mode, int graceSeconds) {

    private static final long MAXIMUM_PID = 0xFFFF_FFFFL;
    private static final long MAXIMUM_TIME = 1L << 40;
    private static final int DEFAULT_GRACE = 5;
    private static final int MAXIMUM_NAME = 300;
    private static final List<String> MODES = List.of("graceful", "forced");

    /** Most processes that one command ends. */
    static final int MAXIMUM_TARGETS = 100;

    TerminateArguments {
        targets = List.copyOf(targets);
    }

    /** A process for good. @param name for people */
    record Target(long pid, long startTime, String name) {
        /** For people, with the device's text made harmless. */
        String label() {
            var clean = DeviceWords.clean(name);
            return (clean.isEmpty() ? "process" : clean) + " (pid " + pid + ")";
        }
    }

    /** Reads the arguments of a command on one device. */
    static TerminateArguments ofCommand(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        if (reader.has("targets")) {
            return ofStored(arguments, reader);
        }
        var target =
                new Target(
                        reader.number("pid", 0, MAXIMUM_PID),
                        reader.number("startTime", 0, MAXIMUM_TIME),
                        reader.optionalText("name", MAXIMUM_NAME).orElse(""));
        return withMode(reader, List.of(target), Optional.empty());
    }

    private static TerminateArguments ofStored(JsonNode arguments, ArgumentReader reader) {
        var targets = new ArrayList<Target>();
        if (!arguments.get("targets").isArray()
                || arguments.get("targets").isEmpty()
                || arguments.get("targets").size() > MAXIMUM_TARGETS) {
            throw bad("targets", "expected 1 to " + MAXIMUM_TARGETS + " processes");
        }
        for (var one : arguments.get("targets")) {
            var target = new ArgumentReader(one);
            targets.add(
                    new Target(
                            target.number("pid", 0, MAXIMUM_PID),
                            target.number("startTime", 0, MAXIMUM_TIME),
                            target.optionalText("name", MAXIMUM_NAME).orElse("")));
            target.end();
        }
        return withMode(reader, targets, pattern(reader));
    }

    /** Reads the arguments of a job: a name pattern instead of a process. */
    static TerminateArguments ofJob(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        if (!reader.has("name")) {
            throw bad("name", "missing; a job takes a name or a pattern like sleep*");
        }
        return withMode(reader, List.of(), pattern(reader));
    }

    private static Optional<Glob> pattern(ArgumentReader reader) {
        return reader.optionalText("name", MAXIMUM_NAME)
                .map(
                        text -> {
                            try {
                                return new Glob(text);
                            } catch (IllegalArgumentException e) {
                                throw bad("name", e.getMessage());
                            }
                        });
    }

    private static TerminateArguments withMode(
            ArgumentReader reader, List<Target> targets, Optional<Glob> pattern) {
        var mode = reader.choice("mode", MODES, MODES.get(0));
        var grace = reader.optionalNumber("graceSeconds", 0, 60).orElse(DEFAULT_GRACE);
        reader.end();
        return new TerminateArguments(
                targets,
                pattern,
                mode.equals("forced") ? TerminateMode.FORCED : TerminateMode.GRACEFUL,
                (int) grace);
    }

    TerminateArguments onTargets(List<Target> found) {
        return new TerminateArguments(found, pattern, mode, graceSeconds);
    }

    /** As they are stored with the command. */
    JsonNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        if (pattern.isPresent()) {
            json.put("name", pattern.get().toString());
            if (!targets.isEmpty()) {
                var array = json.putArray("targets");
                targets.forEach(target -> put(array.addObject(), target));
            }
        } else {
            put(json, targets.get(0));
        }
        return json.put("mode", mode == TerminateMode.FORCED ? "forced" : "graceful")
                .put("graceSeconds", graceSeconds);
    }

    private static void put(ObjectNode json, Target target) {
        json.put("pid", target.pid()).put("startTime", target.startTime());
        if (!target.name().isEmpty()) {
            json.put("name", target.name());
        }
    }

    /** What the device is sent for one of the processes, without the correlator. */
    ExecuteArguments forDevice(Target target) {
        var arguments =
                ExecuteArguments.none()
                        .with(ProcessOperations.PID, target.pid())
                        .with(
                                ProcessOperations.START_TIME,
                                Instant.ofEpochSecond(target.startTime()))
                        .with(ProcessOperations.MODE, mode);
        return mode == TerminateMode.FORCED
                ? arguments
                : arguments.with(ProcessOperations.GRACE_SECONDS, (long) graceSeconds);
    }
}
