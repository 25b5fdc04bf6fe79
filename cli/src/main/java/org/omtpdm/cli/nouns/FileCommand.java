package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.Quantities;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.cli.shell.WaitOptions;
import org.omtpdm.cli.shell.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files of a device, under the roots it exposes. */
@Command(name = "file", description = "Files on a device: roots, list, stat, fetch, delete")
public final class FileCommand extends Noun {

    private static final String PATH =
            "<root>:<relative/path>, for example 0:logs/today.txt; 0: is the root itself";

    @Command(description = "The roots a device exposes, with what may be done there")
    int roots(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device) {
        JsonNode body = options.api().get("/api/v1/devices/" + options.deviceId(device) + "/files");
        if (options.wantsJson()) {
            options.output().json(body);
            return ExitCode.DONE;
        }
        checkSupported(body);
        Table table = new Table("ROOT", "LABEL", "FREE", "TOTAL", "RIGHTS");
        for (JsonNode root : body.path("roots")) {
            table.row(
                    Fields.text(root, "root"),
                    Fields.text(root, "label"),
                    Fields.bytes(root, "free"),
                    Fields.bytes(root, "total"),
                    rights(root));
        }
        options.output()
                .table(table, "No roots known yet; ask with: dm device refresh --what roots");
        return ExitCode.DONE;
    }

    private static String rights(JsonNode root) {
        StringBuilder rights = new StringBuilder();
        for (String right : new String[] {"List", "Read", "Write", "Delete"}) {
            if (root.path("may" + right).asBoolean()) {
                rights.append(rights.isEmpty() ? "" : " ")
                        .append(right.toLowerCase(java.util.Locale.ROOT));
            }
        }
        return rights.toString();
    }

    @Command(
            description =
                    "Ask a device for a directory's content; --known shows what is stored already")
    int list(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Parameters(
                            paramLabel = "PATH",
                            arity = "0..1",
                            defaultValue = "0:",
                            description = PATH)
                    String path,
            @Option(names = "--known", description = "Cost the device nothing") boolean known,
            @Option(names = "--depth", description = "1 to 16") Integer depth,
            @Option(names = "--name", paramLabel = "GLOB") String name,
            @Option(names = "--min-size", paramLabel = "BYTES") Long minimumSize,
            @Option(
                            names = "--sha256",
                            paramLabel = "HEX",
                            description = "Only files whose SHA-256 begins so, 16 to 64 digits")
                    String sha256,
            @Option(names = "--hash", description = "Show the beginning of each file's SHA-256")
                    boolean withHash,
            @Option(names = "--hidden", description = "Names that begin with a dot too")
                    boolean hidden) {
        String id = options.deviceId(device);
        if (!known) {
            JsonNode asked =
                    options.api()
                            .post(
                                    "/api/v1/devices/" + id + "/files/list",
                                    Fields.body(
                                            "path", path,
                                            "depth", depth,
                                            "name", name,
                                            "minSize", minimumSize,
                                            "sha256Prefix", sha256,
                                            "withHash", withHash ? Boolean.TRUE : null,
                                            "hidden", hidden ? Boolean.TRUE : null));
            JsonNode ended = Work.await(options, waiting, asked);
            int code = Work.exitCode(waiting, ended);
            if (code != ExitCode.DONE || !ended.path("state").asText().equals("Done")) {
                if (code == ExitCode.DONE) {
                    return Work.finish(options, waiting, ended);
                }
                throw new CommandFailure(code, Work.sentence(ended));
            }
        }
        JsonNode body = options.api().get("/api/v1/devices/" + id + "/files", Map.of("path", path));
        if (options.wantsJson()) {
            options.output().json(body);
            return ExitCode.DONE;
        }
        checkSupported(body);
        printListing(options, body, Globs.matching(name));
        return ExitCode.DONE;
    }

    private static void printListing(
            ApiOptions options, JsonNode body, java.util.function.Predicate<String> wanted) {
        Table table = new Table("TYPE", "SIZE", "MODIFIED", "HASH", "PATH");
        for (JsonNode file : body.path("items")) {
            if (wanted.test(Fields.text(file, "name"))) {
                table.row(
                        Fields.text(file, "type"),
                        Quantities.bytes(file.path("size").asLong()),
                        Fields.time(file, "modifiedAt"),
                        Fields.text(file, "hash8"),
                        Fields.text(file, "path"));
            }
        }
        options.output().table(table, "Nothing there.");
        if (body.has("complete") && !body.path("complete").asBoolean()) {
            options.output().remark("The list is not complete.");
        }
    }

    private static void checkSupported(JsonNode body) {
        if (!body.path("supported").asBoolean(true)) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The device lacks object /" + body.path("missingObject").asText());
        }
    }

    @Command(description = "Size, times, mode and SHA-256 of one file")
    int stat(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Parameters(paramLabel = "PATH", description = PATH) String path) {
        JsonNode asked =
                options.api()
                        .post(
                                "/api/v1/devices/" + options.deviceId(device) + "/files/stat",
                                Fields.body("path", path));
        JsonNode command = Work.await(options, waiting, asked);
        if (options.wantsJson() || !command.has("result")) {
            return Work.finish(options, waiting, command);
        }
        Table table = new Table("WHAT", "VALUE");
        command.path("result")
                .properties()
                .forEach(field -> table.row(field.getKey(), field.getValue().asText()));
        options.output().table(table, "");
        return Work.exitCode(waiting, command);
    }

    @Command(
            description =
                    "Fetch a slice of a file's content, at most 64 KiB; needs the permission read-content")
    int fetch(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Parameters(paramLabel = "PATH", description = PATH) String path,
            @Option(names = "--offset", defaultValue = "0") long offset,
            @Option(
                            names = "--length",
                            defaultValue = "4096",
                            description = "1 to 65536 (default: ${DEFAULT-VALUE})")
                    int length,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "A new file; without it standard output")
                    Path output,
            @Option(names = "--reason", required = true, description = "For the audit")
                    String reason) {
        JsonNode asked =
                options.api()
                        .post(
                                "/api/v1/devices/" + options.deviceId(device) + "/files/fetch",
                                Fields.body(
                                        "path", path, "offset", offset, "length", length, "reason",
                                        reason));
        JsonNode command = Work.await(options, waiting, asked);
        if (options.wantsJson() || !command.path("state").asText().equals("Done")) {
            return Work.finish(options, waiting, command);
        }
        byte[] content =
                options.api().bytes("/api/v1/commands/" + command.path("id").asText() + "/content");
        if (output == null && System.console() != null && !isText(content)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The content is no plain text; write it to a file with --output or send it through a pipe");
        }
        if (output == null) {
            options.output().bytes(content);
        } else {
            write(output, content);
        }
        return ExitCode.DONE;
    }

    private static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b < 0x20 && b != '\n' && b != '\t' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "Write " + file + ": " + SafeText.of(e.toString()), e);
        }
    }

    @Command(description = "Delete a file or a directory")
    int delete(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Parameters(paramLabel = "PATH", description = PATH) String path,
            @Option(names = "--recursive", description = "A directory with all it holds")
                    boolean recursive,
            @Option(
                            names = "--sha256",
                            paramLabel = "HEX",
                            description = "Only while the content is still this")
                    String sha256,
            @Option(names = "--reason", required = true, description = "For the audit")
                    String reason) {
        JsonNode command =
                options.api()
                        .post(
                                "/api/v1/devices/" + options.deviceId(device) + "/files/delete",
                                Fields.body(
                                        "path", path,
                                        "recursive", recursive ? Boolean.TRUE : null,
                                        "sha256", sha256,
                                        "reason", reason));
        return Work.finish(options, waiting, command);
    }
}
