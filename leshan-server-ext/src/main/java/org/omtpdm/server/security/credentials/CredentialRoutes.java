package org.omtpdm.server.security.credentials;

import static org.omtpdm.server.security.Permission.ADMINISTER;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;

/** Administering device credentials. */
final class CredentialRoutes {

    private static final String CREDENTIALS = "/api/v1/credentials";

    private final Credentials credentials;

    CredentialRoutes(Credentials credentials) {
        this.credentials = credentials;
    }

    void addTo(Router router) {
        router.get(
                CREDENTIALS,
                ADMINISTER,
                request -> Response.ok(credentials.page(request.query("q"), request.page())));
        router.post(CREDENTIALS, ADMINISTER, this::set);
        router.delete(CREDENTIALS + "/{credentialId}", ADMINISTER, this::remove);
    }

    private record SetView(@JsonUnwrapped Credential credential, Optional<String> pskKey) {}

    private Response set(Request request) {
        var set = credentials.set(request.caller(), request.body(NewCredential.class));
        return Response.created(new SetView(set.credential(), set.madeKey()));
    }

    private Response remove(Request request) {
        credentials.remove(request.caller(), request.path("credentialId"));
        return Response.noContent();
    }
}
