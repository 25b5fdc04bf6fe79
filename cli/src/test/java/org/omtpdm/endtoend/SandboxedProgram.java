package org.omtpdm.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program a test started through the sandbox's script; ends with the test. */
final class SandboxedProgram implements AutoCloseable {

    private final Process script;
    private final ProcessHandle program;

    private SandboxedProgram(Process script, ProcessHandle program) {
        this.script = script;
        this.program = program;
    }

    static SandboxedProgram start(Path run, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(run.toString()));
        words.addAll(List.of(command));
        Process script =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            ProcessHandle program =
                    await("the program of the script")
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> programBelow(script, command[0]), Optional::isPresent)
                            .orElseThrow();
            return new SandboxedProgram(script, program);
        } catch (RuntimeException e) {
            script.destroyForcibly();
            throw e;
        }
    }

    /** The child that has become the program; before that it is still a shell. */
    private static Optional<ProcessHandle> programBelow(Process script, String name) {
        return script.children()
                .filter(child -> child.info().command().filter(c -> c.endsWith(name)).isPresent())
                .findFirst();
    }

    long pid() {
        return program.pid();
    }

    boolean isAlive() {
        return program.isAlive();
    }

    ProcessHandle handle() {
        return program;
    }

    @Override
    public void close() {
        program.destroyForcibly();
        script.destroyForcibly();
    }
}
