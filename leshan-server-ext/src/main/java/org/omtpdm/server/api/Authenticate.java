package org.omtpdm.server.api;

import java.util.Map;
import java.util.Optional;

/** Lets in who may use the route. */
final class Authenticate implements Filter {

    private final Authenticator authenticator;

    Authenticate(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        if (request.route().access().anonymous()) {
            return next.handle(request);
        }
        var signedIn =
                whoIs(request)
                        .orElseThrow(
                                () ->
                                        new ManagementException(
                                                ErrorCode.NOT_SIGNED_IN,
                                                "Sign in, or send a valid bearer token"));
        request.route()
                .access()
                .permission()
                .filter(permission -> !signedIn.caller().may(permission))
                .ifPresent(
                        permission -> {
                            throw new ManagementException(
                                    ErrorCode.NOT_ALLOWED,
                                    "This needs the permission '" + permission.wire() + "'",
                                    Map.of("permission", permission.wire()));
                        });
        return next.handle(request.by(signedIn, () -> isStillAllowed(request)));
    }

    private Optional<Authenticator.SignedIn> whoIs(Request request) {
        return authenticator.authenticate(
                request.bearer(), request.sessionCookie(), request.remoteAddress());
    }

    private boolean isStillAllowed(Request request) {
        return whoIs(request)
                .filter(
                        signedIn ->
                                request.route()
                                        .access()
                                        .permission()
                                        .map(signedIn.caller()::may)
                                        .orElse(true))
                .isPresent();
    }
}
