package org.omtpdm.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.Streams;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.cli.shell.UserFolders;
import org.omtpdm.server.DmServer;
import org.omtpdm.server.RunningServer;
import org.omtpdm.server.ServerConfig;
import org.omtpdm.server.config.ConfigException;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. */
@Command(
        name = "server",
        description = "Run a server until SIGTERM or Ctrl-C",
        footer =
                "%nWithout settings it keeps its data in the user's data home and listens on loopback.")
public final class ServerCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Settings as TOML")
    Optional<Path> config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; counts more than the file's; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(
            names = "--print-config",
            description = "Print every setting with its value and origin, and end")
    boolean printConfig;

    @Override
    public Integer call() {
        ServerConfig.Loaded loaded = load(config, settings, UserFolders.server());
        if (printConfig) {
            Table table = new Table("SETTING", "VALUE", "FROM");
            loaded.settings()
                    .forEach(
                            setting -> table.row(setting.key(), setting.value(), setting.origin()));
            table.print(Streams.out());
            return ExitCode.DONE;
        }
        Termination termination = new Termination();
        RunningServer server = start(loaded.config(), termination);
        addFirstUser(server);
        Streams.err()
                .println(
                        "console http://"
                                + loaded.config().http().host()
                                + ":"
                                + server.httpPort());
        Streams.err().println("devices coaps port " + server.coapsPort());
        termination.await();
        return ExitCode.DONE;
    }

    /** Reads settings; all problems in them are one failure of usage. */
    public static ServerConfig.Loaded load(
            Optional<Path> file, List<String> pairs, Path defaultData) {
        try {
            return ServerConfig.load(
                    file,
                    pairs,
                    Optional.ofNullable(System.getenv(ServerConfig.SECRET_KEY_VARIABLE)),
                    defaultData);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** Starts a server that is closed when the process ends; failures say what would work. */
    public static RunningServer start(ServerConfig config, Termination termination) {
        try {
            return termination.closeAtEnd(DmServer.start(config));
        } catch (RuntimeException e) {
            termination.fail();
            throw StartFailure.of(e);
        }
    }

    private static void addFirstUser(RunningServer server) {
        var users = server.accounts().users();
        if (users.all().isEmpty()) {
            String password = Passwords.random();
            users.add(
                    Caller.system(),
                    new NewUser(
                            "admin",
                            Optional.of("Administrator"),
                            password,
                            List.copyOf(EnumSet.allOf(Role.class))));
            Streams.err()
                    .println(
                            "first start: user admin, password "
                                    + password
                                    + " (shown this once; change it after signing in)");
        }
    }
}
