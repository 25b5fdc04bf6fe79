package org.omtpdm.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Whether and how long to wait for work to end. */
public final class WaitOptions {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Wait until it has ended, or say at once that it was accepted (--no-wait)")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "How long to wait; afterwards the work goes on without us (default: ${DEFAULT-VALUE})")
    int timeoutSeconds;

    /**
     * Looks again until the work has ended or the time is over.
     *
     * @return how it stands then
     */
    public JsonNode follow(
            ApiOptions options,
            String path,
            JsonNode first,
            Predicate<JsonNode> ended,
            Function<JsonNode, String> progress) {
        if (!wait) {
            return first;
        }
        Output output = options.output();
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        JsonNode now = first;
        while (!ended.test(now) && System.nanoTime() < deadline) {
            output.progress(progress.apply(now));
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            now = options.api().get(path);
        }
        output.endProgress();
        return now;
    }
}
