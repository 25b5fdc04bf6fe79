package org.omtpdm.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to see and to end in the sandbox: some files, and two programs that do nothing but
 * run. The programs end with the demo, also when it is killed.
 */
final class SamplePrograms implements AutoCloseable {

    private static final List<String> NAMES = List.of("ticket-printer", "signage-player");

    private final List<Process> running = new ArrayList<>();

    private SamplePrograms() {}

    /** Writes the sample files once; what the user deletes stays deleted. */
    static void writeFiles(Path files) throws IOException {
        if (Files.isDirectory(files)) {
            return;
        }
        write(
                files.resolve("reports/2026-10.csv"),
                "day,visitors\n2026-10-01,412\n2026-10-02,388\n");
        write(
                files.resolve("reports/2026-11.csv"),
                "day,visitors\n2026-11-01,275\n2026-11-02,301\n");
        write(
                files.resolve("logs/kiosk.log"),
                "08:00:00 started\n08:00:02 network up\n08:14:51 printer out of paper\n");
        write(files.resolve("settings/display.conf"), "brightness = 80\nlanguage = fr\n");
        write(
                files.resolve("downloads/holiday-pictures.exe"),
                "This is no program. It only has the name of one.\n");
        write(
                files.resolve("read-me-first.txt"),
                "This folder is the demo's. Look, fetch and delete as you like.\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(
                file.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, text);
    }

    /**
     * Starts the programs.
     *
     * @param run the sandbox's script
     * @param folder where their scripts are kept
     */
    static SamplePrograms start(Path run, Path folder) throws IOException {
        SamplePrograms programs = new SamplePrograms();
        Files.createDirectories(folder);
        for (String name : NAMES) {
            Path script = folder.resolve(name);
            Files.writeString(
                    script,
                    """
                    #!/bin/sh
                    # runs, and does nothing, while the demo with process id $1 lives
                    trap 'kill "$nap" 2>/dev/null; exit 0' TERM INT HUP
                    while kill -0 "$1" 2>/dev/null; do
                      sleep 20 &
                      nap=$!
                      wait "$nap"
                    done
                    """);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            programs.running.add(
                    new ProcessBuilder(
                                    run.toString(),
                                    script.toString(),
                                    String.valueOf(ProcessHandle.current().pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }
        return programs;
    }

    @Override
    public void close() {
        for (Process program : running) {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroy();
        }
    }
}
