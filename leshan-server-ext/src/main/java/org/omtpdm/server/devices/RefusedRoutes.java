package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Optional;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.security.Permission;

/** The list of refused contacts. */
public final class RefusedRoutes {

    private final RefusedContacts refused;

    public RefusedRoutes(RefusedContacts refused) {
        this.refused = refused;
    }

    public void addTo(Router router) {
        router.get("/api/v1/refused", Permission.SEE, this::list);
        router.delete("/api/v1/refused/{refusedId}", Permission.ADMINISTER, this::forget);
    }

    private Response list(Request request) {
        try {
            return Response.ok(
                    refused.page(request.page(), request.caller().scope()).map(RefusedView::of));
        } catch (IllegalArgumentException e) {
            throw DeviceQueryParameters.bad("cursor", "expected the nextCursor of this list");
        }
    }

    private Response forget(Request request) {
        refused.forget(request.caller(), request.path("refusedId"));
        return Response.noContent();
    }

    /** {@code RefusedContact} of {@code openapi.yaml}. */
    record RefusedView(
            String id,
            Instant at,
            Instant firstAt,
            long count,
            String address,
            Optional<String> endpoint,
            Optional<String> identity,
            RefusalReason reason,
            String text,
            String suggestion,
            boolean addable) {

        static RefusedView of(RefusedContact contact) {
            return new RefusedView(
                    contact.id(),
                    contact.at(),
                    contact.firstAt(),
                    contact.count(),
                    contact.address(),
                    Optional.of(contact.endpoint()).filter(text -> !text.isEmpty()),
                    Optional.of(contact.identity()).filter(text -> !text.isEmpty()),
                    contact.reason(),
                    contact.detail(),
                    contact.suggestion(),
                    contact.isAddable());
        }
    }
}
