package org.omtpdm.cli;

import java.io.PrintWriter;
import org.omtpdm.cli.demo.DemoCommand;
import org.omtpdm.cli.nouns.ActivityCommand;
import org.omtpdm.cli.nouns.AttentionCommand;
import org.omtpdm.cli.nouns.AuditCommand;
import org.omtpdm.cli.nouns.CommandCommand;
import org.omtpdm.cli.nouns.CredentialCommand;
import org.omtpdm.cli.nouns.DeviceCommand;
import org.omtpdm.cli.nouns.FileCommand;
import org.omtpdm.cli.nouns.JobCommand;
import org.omtpdm.cli.nouns.ProcessCommand;
import org.omtpdm.cli.nouns.TokenCommand;
import org.omtpdm.cli.nouns.UserCommand;
import org.omtpdm.cli.run.AgentCommand;
import org.omtpdm.cli.run.ServerCommand;
import org.omtpdm.cli.run.SimulateCommand;
import org.omtpdm.cli.shell.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The one command line of this project. */
@Command(
        name = "dm",
        description = "See, stop and cure what runs on your devices.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Dm.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            AgentCommand.class,
            SimulateCommand.class,
            DeviceCommand.class,
            ProcessCommand.class,
            FileCommand.class,
            CommandCommand.class,
            JobCommand.class,
            AttentionCommand.class,
            ActivityCommand.class,
            TokenCommand.class,
            UserCommand.class,
            CredentialCommand.class,
            AuditCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something of ours is broken",
            "2:usage",
            "3:refused",
            "4:not found",
            "5:no answer",
            "6:partly"
        })
public final class Dm implements Runnable {

    @Spec CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command line to its end and returns its exit code. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Dm())
                .setOut(new PrintWriter(Streams.out(), true))
                .setErr(new PrintWriter(Streams.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Dm::explain);
    }

    private static int explain(
            Exception exception, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (exception instanceof CommandFailure failure) {
            command.getErr().println("dm: " + failure.getMessage());
            return failure.exitCode();
        }
        throw exception;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** The version in dm.jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Dm.class.getPackage().getImplementationVersion();
            return new String[] {"OMTP DM " + (version == null ? "(not packaged)" : version)};
        }
    }
}
