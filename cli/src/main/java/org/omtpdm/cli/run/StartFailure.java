package org.omtpdm.cli.run;

import java.net.BindException;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.SafeText;

/** Why something could not start, in one sentence with what would work. */
final class StartFailure {

    private StartFailure() {}

    static RuntimeException of(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandFailure known) {
                return known;
            }
            if (cause instanceof BindException) {
                return new CommandFailure(
                        ExitCode.REFUSED,
                        "A port is in use already ("
                                + SafeText.of(String.valueOf(failure.getMessage()))
                                + "); choose others: dm demo --http-port 0 --coap-port 0 --coaps-port 0 takes free ones, dm server takes --set http.port=… and --set lwm2m.coaps-port=…",
                        failure);
            }
        }
        return new CommandFailure(
                ExitCode.REFUSED,
                "Start: " + SafeText.of(String.valueOf(failure.getMessage())),
                failure);
    }
}
