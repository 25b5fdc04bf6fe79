package org.omtpdm.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a page to the person in front of this machine, when there is one. */
final class Browser {

    private Browser() {}

    /** Asks the desktop to open the address; without a desktop nothing happens. */
    static void open(String address) {
        command(System.getenv(), System.getProperty("os.name"))
                .ifPresent(
                        program -> {
                            try {
                                new ProcessBuilder(List.of(program, address))
                                        .redirectErrorStream(true)
                                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                        .start();
                            } catch (IOException e) {
                                // the address stands on standard output
                            }
                        });
    }

    static Optional<String> command(Map<String, String> environment, String system) {
        if (system.startsWith("Mac")) {
            return Optional.of("/usr/bin/open");
        }
        boolean desktop =
                environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop && Files.isExecutable(Path.of("/usr/bin/xdg-open"))
                ? Optional.of("/usr/bin/xdg-open")
                : Optional.empty();
    }
}
