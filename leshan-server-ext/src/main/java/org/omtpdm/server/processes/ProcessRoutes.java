package org.omtpdm.server.processes;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.security.Permission;

/** Processes over HTTP. */
public final class ProcessRoutes {

    private final ProcessService processes;
    private final CommandService commands;

    public ProcessRoutes(ProcessService processes, CommandService commands) {
        this.processes = processes;
        this.commands = commands;
    }

    public void addTo(Router router) {
        router.get("/api/v1/devices/{deviceId}/processes", Permission.SEE, this::list);
        router.post(
                "/api/v1/devices/{deviceId}/processes/{pid}/terminate",
                Permission.OPERATE,
                this::terminate);
    }

    private Response list(Request request) {
        return Response.ok(processes.list(request.caller(), request.path("deviceId")));
    }

    private Response terminate(Request request) {
        var body = request.body(Terminate.class);
        var arguments =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("pid", pid(request.path("pid")))
                        .put("startTime", body.startTime());
        body.name().filter(name -> !name.isEmpty()).ifPresent(name -> arguments.put("name", name));
        body.mode().ifPresent(mode -> arguments.put("mode", mode));
        body.graceSeconds().ifPresent(seconds -> arguments.put("graceSeconds", seconds));
        return Response.accepted(
                commands.request(
                        request.caller(),
                        request.path("deviceId"),
                        CommandKind.PROCESS_TERMINATE,
                        arguments,
                        Optional.of(body.reason()),
                        Optional.empty()));
    }

    private static long pid(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            throw new ManagementException(
                    BAD_REQUEST, "pid: expected a whole number", Map.of("parameter", "pid"));
        }
        return Long.parseLong(text);
    }

    /** {@code TerminateProcess} of {@code openapi.yaml}. */
    record Terminate(
            long startTime,
            Optional<String> name,
            Optional<String> mode,
            Optional<Long> graceSeconds,
            String reason) {}
}
