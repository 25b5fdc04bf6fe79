package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.DeviceOperation;
import org.omtpdm.server.commands.EndedException;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Json;

/** {@code file.stat}: facts of one file, with its SHA-256 where wanted. */
public final class FileStatPerformer implements CommandPerformer {

    private static final ResourcePath RESULT =
            ResourcePath.of(ObjectIds.FILE, 0, FileResources.STAT_RESULT);
    private static final DeviceOperation STAT =
            new DeviceOperation(ObjectIds.FILE, FileResources.STAT, true, Duration.ofMinutes(1));

    private final FileStore store = new FileStore();

    @Override
    public CommandKind kind() {
        return CommandKind.FILE_STAT;
    }

    @Override
    public Permission permission() {
        return Permission.LIST_FILES;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.of(ObjectIds.FILE);
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("path", FilePaths.read(reader).toString());
        json.put("hash", !reader.has("hash") || reader.flag("hash"));
        reader.end();
        return json;
    }

    @Override
    public String title(JsonNode arguments) {
        return "Look at " + FilePaths.label(arguments);
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        var path = FilePaths.of(performance.arguments());
        var arguments =
                ExecuteArguments.none()
                        .with(FileOperations.PATH, path)
                        .with(
                                FileOperations.WITH_HASH,
                                performance.arguments().path("hash").asBoolean() ? 1L : 0L);
        return STAT.repeatable(performance, arguments)
                .thenApply(report -> FileResults.required(STAT, report))
                .thenCompose(report -> performance.ask(new DeviceRequest.ReadBytes(RESULT)))
                .thenApply(reading -> done(performance, path, reading));
    }

    private Outcome done(Performance performance, DevicePath path, Reading reading) {
        var stat = decode(reading);
        if (!stat.path().equals(path)) {
            return new Outcome.Busy("Another server uses the device", Optional.empty());
        }
        var facts = FileFacts.of(stat, performance.now());
        return new Outcome.Done(facts.type() + ", " + facts.size() + " bytes")
                .withResult(Json.shared().valueToTree(facts))
                .storing(tx -> store.keepStat(tx, performance.device().id(), facts));
    }

    private static StatResult decode(Reading reading) {
        var document =
                reading.value(RESULT)
                        .filter(value -> value instanceof ResourceValue.Bytes)
                        .map(value -> ((ResourceValue.Bytes) value).content())
                        .orElse(new byte[0]);
        try {
            return StatResult.decode(document);
        } catch (MalformedDocumentException e) {
            throw new EndedException(
                    new Outcome.Refused(
                            "The device sent facts that can't be read",
                            Optional.of(e.getMessage())));
        }
    }
}
