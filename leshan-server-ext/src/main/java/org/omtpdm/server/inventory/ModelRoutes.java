package org.omtpdm.server.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.lwm2m.ObjectCatalogue;
import org.omtpdm.server.lwm2m.ObjectDefinition;
import org.omtpdm.server.security.Permission;

/** The object definitions this server knows. */
public final class ModelRoutes {

    private static final int LARGEST_ID = 65534;

    private final ObjectCatalogue catalogue;

    public ModelRoutes(ObjectCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    public void addTo(Router router) {
        router.get("/api/v1/models", Permission.SEE, request -> Response.ok(list()));
        router.get("/api/v1/models/{objectId}", Permission.SEE, this::get);
    }

    private Map<String, List<ObjectDefinition>> list() {
        return Map.of("items", catalogue.all());
    }

    private Response get(Request request) {
        var text = request.path("objectId");
        var version = request.query("version");
        var found =
                text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= LARGEST_ID
                        ? find(Integer.parseInt(text), version)
                        : Optional.<ObjectDefinition>empty();
        return Response.ok(
                found.orElseThrow(
                        () ->
                                new ManagementException(
                                        ErrorCode.NOT_FOUND,
                                        "No definition of this object is known"
                                                + version.map(wanted -> " in this version")
                                                        .orElse(""))));
    }

    private Optional<ObjectDefinition> find(int objectId, Optional<String> version) {
        return version.isPresent()
                ? catalogue.exact(objectId, version.get())
                : catalogue.newest(objectId);
    }
}
