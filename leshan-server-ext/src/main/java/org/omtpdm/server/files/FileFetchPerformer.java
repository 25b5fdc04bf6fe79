package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.FileOperations;
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

/** {@code file.fetch}: a part of a file's content, at most 64 KiB, slice by slice. */
public final class FileFetchPerformer implements CommandPerformer {

    static final int MAXIMUM_LENGTH = 65_536;
    private static final int DEFAULT_LENGTH = 4096;
    private static final int SLICE = 4096;
    private static final long MAXIMUM_SIZE = 1L << 53;
    private static final ResourcePath DATA = ResourcePath.of(ObjectIds.FILE, 0, FileResources.DATA);
    private static final DeviceOperation FETCH =
            new DeviceOperation(ObjectIds.FILE, FileResources.FETCH, true, Duration.ofSeconds(30));

    private final FileContents contents;

    public FileFetchPerformer(FileContents contents) {
        this.contents = contents;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.FILE_FETCH;
    }

    @Override
    public Permission permission() {
        return Permission.READ_CONTENT;
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
        json.put("offset", reader.optionalNumber("offset", 0, MAXIMUM_SIZE).orElse(0));
        json.put(
                "length",
                reader.optionalNumber("length", 1, MAXIMUM_LENGTH).orElse(DEFAULT_LENGTH));
        reader.end();
        return json;
    }

    @Override
    public String title(JsonNode arguments) {
        return "Fetch " + FilePaths.label(arguments);
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        return slice(performance, new ByteArrayOutputStream())
                .thenApply(content -> done(performance, content));
    }

    private static CompletableFuture<byte[]> slice(
            Performance performance, ByteArrayOutputStream sofar) {
        var wanted = performance.arguments();
        var missing = wanted.path("length").asInt() - sofar.size();
        var length = Math.min(SLICE, missing);
        var arguments =
                ExecuteArguments.none()
                        .with(FileOperations.PATH, FilePaths.of(wanted))
                        .with(
                                FileOperations.FETCH_OFFSET,
                                wanted.path("offset").asLong() + sofar.size())
                        .with(FileOperations.FETCH_LENGTH, (long) length);
        return FETCH.repeatable(performance, arguments)
                .thenApply(report -> FileResults.required(FETCH, report))
                .thenCompose(report -> performance.ask(new DeviceRequest.ReadBytes(DATA)))
                .thenCompose(
                        reading -> {
                            var slice = bytes(reading, length);
                            sofar.writeBytes(slice);
                            if (slice.length < length || slice.length == missing) {
                                return CompletableFuture.completedFuture(sofar.toByteArray());
                            }
                            return performance
                                    .giveWay()
                                    .thenCompose(turn -> slice(performance, sofar));
                        });
    }

    private static byte[] bytes(Reading reading, int atMost) {
        var bytes =
                reading.value(DATA)
                        .filter(value -> value instanceof ResourceValue.Bytes)
                        .map(value -> ((ResourceValue.Bytes) value).content())
                        .orElse(new byte[0]);
        if (bytes.length > atMost) {
            throw new EndedException(
                    new Outcome.Refused(
                            "The device sent more than it was asked for",
                            Optional.of(bytes.length + " bytes")));
        }
        return bytes;
    }

    private Outcome done(Performance performance, byte[] content) {
        var wanted = performance.arguments();
        var result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("path", wanted.path("path").asText())
                        .put("offset", wanted.path("offset").asLong())
                        .put("length", content.length)
                        .put("sha256", sha256(content));
        return new Outcome.Done(content.length + " bytes fetched")
                .withResult(result)
                .storing(tx -> contents.keep(tx, performance.commandId(), content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
