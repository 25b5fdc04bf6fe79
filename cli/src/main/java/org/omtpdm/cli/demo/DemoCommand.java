package org.omtpdm.cli.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.UserFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything at once on this machine, for a first look. */
@Command(
        name = "demo",
        description =
                "A server, an agent on this machine and virtual devices; prints one line when all is ready",
        footer = {
            "%nThe line on standard output: ready http://127.0.0.1:8080 user=admin password=… token=…",
            "Ctrl-C ends it. The agent lists this machine's processes but ends only those started with the script 'run' in the sandbox."
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Console and API; 0: any free one (default: ${DEFAULT-VALUE})")
    int httpPort;

    @Option(
            names = "--coap-port",
            paramLabel = "PORT",
            defaultValue = "5683",
            description = "Plain CoAP, only with --coap-nosec (default: ${DEFAULT-VALUE})")
    int coapPort;

    @Option(
            names = "--coaps-port",
            paramLabel = "PORT",
            defaultValue = "5684",
            description = "CoAP over DTLS (default: ${DEFAULT-VALUE})")
    int coapsPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything here (default: dm-demo in the user's data home)")
    Path data;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "12",
            description = "Virtual devices, 0 to 1000 (default: ${DEFAULT-VALUE})")
    int devices;

    @Option(names = "--no-browser", description = "Don't open the console")
    boolean noBrowser;

    @Option(names = "--coap-nosec", description = "Also take devices over plain CoAP")
    boolean coapNosec;

    @Option(
            names = "--manage-host",
            description =
                    "Let the agent end any process of yours and delete files in your home; think first")
    boolean manageHost;

    @Override
    public Integer call() {
        new Demo(
                        new DemoOptions(
                                httpPort,
                                coapPort,
                                coapsPort,
                                data == null ? UserFolders.demo() : data,
                                devices,
                                !noBrowser,
                                coapNosec,
                                manageHost))
                .run();
        return ExitCode.DONE;
    }
}
