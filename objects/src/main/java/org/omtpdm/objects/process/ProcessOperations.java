package org.omtpdm.objects.process;

import java.time.Instant;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;

/**
 * Arguments of the executable resources of Process Management; those of List are {@link
 * ProcessListArguments}. A process is always named by pid and start time, so that a pid used again
 * never hits the wrong one.
 */
public final class ProcessOperations {

    public static final Argument<Long> PID =
            Argument.number(0, "pid", 0, ProcessEntry.MAXIMUM_UINT32);
    public static final Argument<Instant> START_TIME = Argument.time(1, "start time");
    public static final Argument<TerminateMode> MODE =
            Argument.code(2, "mode", TerminateMode.values());
    public static final Argument<Long> GRACE_SECONDS = Argument.number(3, "grace seconds", 0, 60);
    public static final Argument<Long> NICE = Argument.number(2, "nice", -20, 19);
    public static final Argument<Long> SOFTWARE_INSTANCE =
            Argument.number(0, "software instance", 0, ProcessEntry.MAXIMUM_INSTANCE);
    public static final Argument<String> COMMAND_ARGUMENTS =
            Argument.text(1, "argument string", 0, 1024);

    public static final ArgumentRules TERMINATE =
            ArgumentRules.of("Terminate", PID, START_TIME).optional(MODE, GRACE_SECONDS);
    public static final ArgumentRules START =
            ArgumentRules.of("Start", SOFTWARE_INSTANCE).optional(COMMAND_ARGUMENTS);
    public static final ArgumentRules SUSPEND = ArgumentRules.of("Suspend", PID, START_TIME);
    public static final ArgumentRules RESUME = ArgumentRules.of("Resume", PID, START_TIME);
    public static final ArgumentRules SET_PRIORITY =
            ArgumentRules.of("Set Priority", PID, START_TIME, NICE);

    private ProcessOperations() {}
}
