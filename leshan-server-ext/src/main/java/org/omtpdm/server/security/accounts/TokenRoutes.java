package org.omtpdm.server.security.accounts;

import static org.omtpdm.server.security.Permission.ADMINISTER;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;

/** Administering tokens. */
final class TokenRoutes {

    private static final String TOKENS = "/api/v1/tokens";

    private final Tokens tokens;

    TokenRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    void addTo(Router router) {
        router.get(TOKENS, ADMINISTER, request -> Response.ok(new TokenList(tokens.all())));
        router.post(TOKENS, ADMINISTER, this::add);
        router.delete(TOKENS + "/{tokenId}", ADMINISTER, this::revoke);
    }

    private record TokenList(List<Token> items) {}

    private record MadeToken(@JsonUnwrapped Token token, String secret) {}

    private Response add(Request request) {
        var made = tokens.add(request.caller(), request.body(NewToken.class));
        return Response.created(new MadeToken(made.token(), made.secret()));
    }

    private Response revoke(Request request) {
        tokens.revoke(request.caller(), request.path("tokenId"));
        return Response.noContent();
    }
}
