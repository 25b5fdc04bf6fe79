package org.omtpdm.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Logs of every command go to standard error. Ours from INFO, those of libraries from WARN; the
 * system property {@code dm.log} sets ours to another level. Code instead of a file: reading the
 * file costs an agent time and memory at start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    /**
     * Hears only warnings of the agent's side from now on: for many virtual devices in one process.
     */
    public static void quietDevices() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("org.omtpdm.client").setLevel(Level.WARN);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("org.omtpdm")
                .setLevel(Level.toLevel(System.getProperty("dm.log"), Level.INFO));
        // one line per refused handshake is ours to write, with a bound
        context.getLogger("org.eclipse.californium").setLevel(Level.ERROR);
        context.getLogger("org.eclipse.leshan").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
