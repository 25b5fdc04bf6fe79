package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.DeviceOperation;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.reconcile.DeviceWords;
import org.omtpdm.server.security.Permission;

/**
 * {@code file.delete}: deletes a file or a directory. With the expected SHA-256 only while the
 * content is still that; without it a deletion whose outcome can't be proved is not repeated.
 */
public final class FileDeletePerformer implements CommandPerformer {

    private static final Duration TAKES = Duration.ofSeconds(30);

    private final FileStore store = new FileStore();
    private final Events events;

    public FileDeletePerformer(Events events) {
        this.events = events;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.FILE_DELETE;
    }

    @Override
    public Permission permission() {
        return Permission.DELETE_FILES;
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.of(ObjectIds.FILE);
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        var json = JsonNodeFactory.instance.objectNode();
        var path = FilePaths.read(reader);
        if (path.isRoot()) {
            throw ArgumentReader.bad("path", "a root itself can't be deleted");
        }
        json.put("path", path.toString()).put("recursive", reader.flag("recursive"));
        reader.optionalText("sha256", 64).ifPresent(hash -> json.put("sha256", whole(hash)));
        reader.end();
        return json;
    }

    private static String whole(String hex) {
        try {
            var hash = new Sha256Prefix(hex);
            if (hash.isWhole()) {
                return hash.hex();
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw ArgumentReader.bad("sha256", "expected 64 hexadecimal digits");
    }

    @Override
    public String title(JsonNode arguments) {
        return "Delete " + FilePaths.label(arguments);
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        var operation = operation(performance);
        return operation
                .begin(performance, forDevice(performance), JsonNodeFactory.instance.objectNode())
                .thenApply(report -> judge(performance, operation, report));
    }

    @Override
    public CompletableFuture<Outcome> recover(Performance performance) {
        var operation = operation(performance);
        return operation
                .resume(performance, forDevice(performance))
                .thenApply(report -> judge(performance, operation, report));
    }

    private static DeviceOperation operation(Performance performance) {
        var guarded = performance.arguments().has("sha256");
        return new DeviceOperation(ObjectIds.FILE, FileResources.DELETE, guarded, TAKES);
    }

    private static ExecuteArguments forDevice(Performance performance) {
        var arguments = performance.arguments();
        var result = ExecuteArguments.none().with(FileOperations.PATH, FilePaths.of(arguments));
        if (arguments.path("recursive").asBoolean()) {
            result = result.with(FileOperations.RECURSIVE, 1L);
        }
        return arguments.has("sha256")
                ? result.with(
                        FileOperations.EXPECTED_HASH,
                        new Sha256Prefix(arguments.get("sha256").asText()))
                : result;
    }

    private Outcome judge(
            Performance performance, DeviceOperation operation, DeviceOperation.Report report) {
        var code = Optional.of(operation.code(report));
        if (!report.succeeded()) {
            return new Outcome.Refused(FileResults.words(report), code);
        }
        var path = FilePaths.of(performance.arguments());
        return new Outcome.Done(
                false,
                "The device deleted it",
                code,
                Optional.empty(),
                tx -> {
                    store.remove(tx, performance.device().id(), path);
                    events.publish(tx, deleted(performance, path));
                });
    }

    private static NewEvent deleted(Performance performance, DevicePath path) {
        var device = performance.device();
        return NewEvent.ofDevice(
                        "files.listed",
                        device.id(),
                        device.name() + ": " + DeviceWords.clean(path.toString()) + " deleted")
                .with(Map.of("commandId", performance.commandId()));
    }
}
