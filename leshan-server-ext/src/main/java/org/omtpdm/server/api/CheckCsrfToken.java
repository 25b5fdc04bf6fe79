package org.omtpdm.server.api;

import org.omtpdm.server.security.Secrets;

/** Refuses changes that another site made a browser send: those lack the session's token. */
final class CheckCsrfToken implements Filter {

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        var expected = request.whoever().flatMap(Authenticator.SignedIn::csrfToken);
        if (request.route().method().changes()
                && expected.isPresent()
                && !Secrets.equal(request.header("X-CSRF-Token").orElse(""), expected.get())) {
            throw new ManagementException(
                    ErrorCode.CSRF_TOKEN_MISSING,
                    "Send the session's csrfToken as header X-CSRF-Token");
        }
        return next.handle(request);
    }
}
