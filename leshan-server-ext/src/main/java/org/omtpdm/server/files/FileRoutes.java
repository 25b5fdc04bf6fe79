package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.security.Permission;

/** Files over HTTP. */
public final class FileRoutes {

    private static final String FILES = "/api/v1/devices/{deviceId}/files";

    private final FileService files;
    private final CommandService commands;

    public FileRoutes(FileService files, CommandService commands) {
        this.files = files;
        this.commands = commands;
    }

    public void addTo(Router router) {
        router.get(FILES, Permission.LIST_FILES, this::list);
        router.post(FILES + "/list", Permission.LIST_FILES, this::ask);
        router.post(FILES + "/stat", Permission.LIST_FILES, this::stat);
        router.post(FILES + "/fetch", Permission.READ_CONTENT, this::fetch);
        router.post(FILES + "/delete", Permission.DELETE_FILES, this::delete);
        router.get("/api/v1/commands/{commandId}/content", Permission.READ_CONTENT, this::content);
    }

    private Response list(Request request) {
        return Response.ok(
                files.list(request.caller(), request.path("deviceId"), request.query("path")));
    }

    private Response ask(Request request) {
        return give(
                request,
                CommandKind.FILE_LIST,
                request.body(Ask.class).toArguments(),
                Optional.empty());
    }

    private Response stat(Request request) {
        var body = request.body(Stat.class);
        var arguments = JsonNodeFactory.instance.objectNode().put("path", body.path());
        body.hash().ifPresent(hash -> arguments.put("hash", hash));
        return give(request, CommandKind.FILE_STAT, arguments, Optional.empty());
    }

    private Response fetch(Request request) {
        var body = request.body(Fetch.class);
        var arguments = JsonNodeFactory.instance.objectNode().put("path", body.path());
        body.offset().ifPresent(offset -> arguments.put("offset", offset));
        body.length().ifPresent(length -> arguments.put("length", length));
        return give(request, CommandKind.FILE_FETCH, arguments, Optional.of(body.reason()));
    }

    private Response delete(Request request) {
        var body = request.body(Delete.class);
        var arguments = JsonNodeFactory.instance.objectNode().put("path", body.path());
        body.recursive().ifPresent(recursive -> arguments.put("recursive", recursive));
        body.sha256().ifPresent(hash -> arguments.put("sha256", hash));
        return give(request, CommandKind.FILE_DELETE, arguments, Optional.of(body.reason()));
    }

    private Response give(
            Request request, CommandKind kind, ObjectNode arguments, Optional<String> reason) {
        return Response.accepted(
                commands.request(
                        request.caller(),
                        request.path("deviceId"),
                        kind,
                        arguments,
                        reason,
                        Optional.empty()));
    }

    private Response content(Request request) {
        var bytes = files.open(request.caller(), request.path("commandId"));
        return Response.bytes(bytes, "application/octet-stream")
                .withHeader("Content-Disposition", "attachment; filename=\"content.bin\"")
                .withHeader("Cache-Control", "no-store");
    }

    /** {@code AskForFiles} of {@code openapi.yaml}. */
    record Ask(
            String path,
            Optional<Long> depth,
            Optional<String> name,
            Optional<Long> minSize,
            Optional<Instant> modifiedSince,
            Optional<String> sha256Prefix,
            Optional<Boolean> hidden,
            Optional<Boolean> withHash,
            Optional<Long> maximum) {

        ObjectNode toArguments() {
            var arguments = JsonNodeFactory.instance.objectNode().put("path", path);
            depth.ifPresent(value -> arguments.put("depth", value));
            name.ifPresent(value -> arguments.put("name", value));
            minSize.ifPresent(value -> arguments.put("minSize", value));
            modifiedSince.ifPresent(value -> arguments.put("modifiedSince", value.toString()));
            sha256Prefix.ifPresent(value -> arguments.put("sha256Prefix", value));
            hidden.ifPresent(value -> arguments.put("hidden", value));
            withHash.ifPresent(value -> arguments.put("withHash", value));
            maximum.ifPresent(value -> arguments.put("maximum", value));
            return arguments;
        }
    }

    /** Body of a Stat. */
    record Stat(String path, Optional<Boolean> hash) {}

    /** Body of a fetch. */
    record Fetch(String path, Optional<Long> offset, Optional<Long> length, String reason) {}

    /** {@code DeleteFile} of {@code openapi.yaml}. */
    record Delete(
            String path, Optional<Boolean> recursive, Optional<String> sha256, String reason) {}
}
