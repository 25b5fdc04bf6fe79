package org.omtpdm.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.omtpdm.cli.Dm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This command line once more in a process of its own, started again when it dies. It gets a pipe
 * as standard input and is to end when that closes, so that it never outlives us, not even when we
 * are killed. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);
    private static final int SECONDS_TO_END = 5;

    private final List<String> command;
    private final Path log;
    private Process process;
    private boolean closed;

    private ChildJvm(List<String> command, Path log) {
        this.command = List.copyOf(command);
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param jvmOptions for example {@code -Xmx32m}
     * @param arguments of our command line
     * @param log gets what it prints; replaced at each start
     */
    public static ChildJvm start(List<String> jvmOptions, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Dm.class.getName()));
        command.addAll(arguments);
        ChildJvm child = new ChildJvm(command, log);
        child.launch();
        return child;
    }

    private synchronized void launch() throws IOException {
        if (closed) {
            return;
        }
        process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                        .redirectErrorStream(true)
                        .start();
        process.onExit().thenAccept(this::startAgain);
    }

    private void startAgain(Process ended) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        LOG.warn(
                "Process {} ended with {}, see {}; starting another",
                ended.pid(),
                ended.exitValue(),
                log);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                .execute(
                        () -> {
                            try {
                                launch();
                            } catch (IOException e) {
                                LOG.error("Starting {} again: {}", command.get(0), e.toString());
                            }
                        });
    }

    /** Its process id now. */
    public synchronized long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        try {
            last.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
        try {
            if (!last.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            last.destroyForcibly();
        }
    }
}
