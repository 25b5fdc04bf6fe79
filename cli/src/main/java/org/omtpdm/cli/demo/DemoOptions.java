package org.omtpdm.cli.demo;

import java.nio.file.Path;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;

/**
 * How a demo is run.
 *
 * @param httpPort 0 for any free port, as the other ports
 * @param devices virtual devices, 0 to 1000
 */
record DemoOptions(
        int httpPort,
        int coapPort,
        int coapsPort,
        Path data,
        int devices,
        boolean browser,
        boolean coapNosec,
        boolean manageHost) {

    DemoOptions {
        checkPort("--http-port", httpPort);
        checkPort("--coap-port", coapPort);
        checkPort("--coaps-port", coapsPort);
        if (devices < 0 || devices > 1000) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--devices " + devices + ": expected 0 to 1000");
        }
    }

    private static void checkPort(String option, int port) {
        if (port < 0 || port > 65535) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + port + ": expected 0 to 65535");
        }
    }
}
