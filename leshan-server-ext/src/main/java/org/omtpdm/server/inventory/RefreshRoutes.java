package org.omtpdm.server.inventory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.security.Permission;

/** Asking a device again. */
public final class RefreshRoutes {

    private final CommandService commands;

    public RefreshRoutes(CommandService commands) {
        this.commands = commands;
    }

    public void addTo(Router router) {
        router.post("/api/v1/devices/{deviceId}/refresh", Permission.OPERATE, this::refresh);
    }

    /** Body of the request. */
    record Refresh(String what, Optional<List<String>> paths) {}

    private Response refresh(Request request) {
        var wanted = request.body(Refresh.class);
        var arguments = JsonNodeFactory.instance.objectNode();
        var kind = CommandKind.PROCESS_LIST;
        if (!wanted.what().equals(RefreshScope.PROCESSES.toString())) {
            kind = CommandKind.DEVICE_REFRESH;
            arguments.put(RefreshPerformer.WHAT, wanted.what());
            wanted.paths()
                    .ifPresent(
                            paths -> {
                                var list = arguments.putArray(RefreshPerformer.PATHS);
                                paths.forEach(list::add);
                            });
        }
        return Response.accepted(
                commands.request(
                        request.caller(),
                        request.path("deviceId"),
                        kind,
                        arguments,
                        Optional.empty(),
                        Optional.empty()));
    }
}
