package org.omtpdm.client.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.omtpdm.client.state.DataFolder;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/**
 * The part of the machine an agent may touch that shall hurt nobody: programs started by the script
 * {@code run} in the sandbox folder, with all they start in turn, and the files in the folder
 * {@code files}.
 *
 * <p>The script marks a program by an environment variable with an unguessable value, which
 * children inherit and the kernel shows in {@code /proc/PID/environ}. It waits for the program and
 * leaves a note in {@code exits} when that ended abnormally. Thread-safe.
 */
public final class Sandbox {

    private static final String VARIABLE = "OMTPDM_SANDBOX";
    private static final String KEY = "linux/sandbox-mark";
    private static final int REMEMBERED = 256;

    private final Path folder;
    private final byte[] mark;
    private final Map<Long, Boolean> endedByUs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private Optional<LastExit> lastExit = Optional.empty();

    private Sandbox(Path folder, String mark) {
        this.folder = folder;
        this.mark = (VARIABLE + "=" + mark).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Makes the folder with its script and folders, or takes what is there from an earlier start.
     */
    public static Sandbox open(Path folder, StateStore state) throws IOException {
        String mark = state.get(KEY).orElse("");
        if (mark.isEmpty()) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            mark = HexFormat.of().formatHex(random);
            state.put(KEY, mark);
        }
        DataFolder.createPrivately(folder);
        DataFolder.createPrivately(folder.resolve("exits"));
        DataFolder.createPrivately(folder.resolve("files"));
        Path next = folder.resolve("run.new");
        Files.writeString(next, script(mark));
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
        Files.move(
                next,
                folder.resolve("run"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return new Sandbox(folder, mark);
    }

    /** Where the files are that servers may see. */
    public Path files() {
        return folder.resolve("files");
    }

    /** The script that starts a program in the sandbox. */
    public Path run() {
        return folder.resolve("run");
    }

    /** Whether the process with this pid was started in the sandbox. */
    boolean contains(long pid) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
        } catch (IOException e) {
            // gone, or another user's: not ours
            return false;
        }
        int start = 0;
        for (int i = 0; i <= environment.length; i++) {
            if (i == environment.length || environment[i] == 0) {
                if (java.util.Arrays.equals(environment, start, i, mark, 0, mark.length)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** The agent has ended this one itself; that isn't an abnormal end. */
    synchronized void endedByUs(long pid) {
        endedByUs.put(pid, true);
    }

    /**
     * The newest abnormal end; reads the notes that came in since the last call and removes them.
     */
    synchronized Optional<LastExit> lastExit() {
        try (DirectoryStream<Path> notes =
                Files.newDirectoryStream(folder.resolve("exits"), "*.exit")) {
            for (Path note : notes) {
                Optional<LastExit> exit = read(note);
                Files.deleteIfExists(note);
                if (exit.isPresent()
                        && !endedByUs.containsKey(exit.get().pid())
                        && lastExit.map(last -> !last.time().isAfter(exit.get().time()))
                                .orElse(true)) {
                    lastExit = exit;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return lastExit;
        }
        return lastExit;
    }

    /**
     * A note: pid, exit code as the shell gives it, seconds since 1970, and in the second line the
     * program's name.
     */
    private static Optional<LastExit> read(Path note) throws IOException {
        String[] lines =
                new String(Files.readAllBytes(note), StandardCharsets.UTF_8).split("\n", 3);
        String[] words = lines[0].split(" ");
        if (lines.length < 2 || words.length != 3) {
            return Optional.empty();
        }
        try {
            int code = Integer.parseInt(words[1]);
            int signal = code > 128 && code <= 128 + 64 ? code - 128 : 0;
            String name = Utf8.shorten(lines[1], ProcessEntry.MAXIMUM_NAME_BYTES);
            return Optional.of(
                    new LastExit(
                            Long.parseLong(words[0]),
                            name.isEmpty() ? "?" : name,
                            signal > 0 ? 0 : code,
                            signal,
                            Instant.ofEpochSecond(Long.parseLong(words[2])),
                            OptionalInt.empty()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String script(String mark) {
        return """
                #!/bin/sh
                # Starts a program in the sandbox of the management agent: run PROGRAM [ARGUMENT...]
                # The agent may end what is started here and nothing else.
                if [ $# -eq 0 ]; then
                  echo "usage: $0 PROGRAM [ARGUMENT...]" >&2
                  exit 2
                fi
                box=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 2
                exec 3<&0
                %s=%s "$@" <&3 3<&- &
                child=$!
                trap 'kill -TERM "$child" 2>/dev/null' TERM
                trap 'kill -INT "$child" 2>/dev/null' INT
                trap 'kill -HUP "$child" 2>/dev/null' HUP
                wait "$child"
                code=$?
                while kill -0 "$child" 2>/dev/null; do
                  wait "$child"
                  code=$?
                done
                if [ "$code" -ne 0 ]; then
                  note="$box/exits/$child.$(date +%%s)"
                  { echo "$child $code $(date +%%s)"; echo "${1##*/}"; } > "$note" && mv -- "$note" "$note.exit"
                fi
                exit "$code"
                """
                .formatted(VARIABLE, mark);
    }
}
