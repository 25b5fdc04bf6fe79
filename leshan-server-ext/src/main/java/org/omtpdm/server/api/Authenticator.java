package org.omtpdm.server.api;

import java.util.Optional;
import org.omtpdm.server.security.Caller;

/** Says who sends a request. Called for every request that isn't anonymous; thread-safe. */
public interface Authenticator {

    /**
     * @param bearer the bearer token, if one was sent
     * @param cookie the session cookie, if one was sent; ignored when there is a bearer token
     * @param address where the request comes from
     * @return who it is; empty when neither is known or both are absent
     */
    Optional<SignedIn> authenticate(
            Optional<String> bearer, Optional<String> cookie, String address);

    /**
     * A known caller.
     *
     * @param csrfToken what must come with every change; absent for bearer tokens, which browsers
     *     never send by themselves
     * @param id names the session or the token; no secret
     */
    record SignedIn(Caller caller, Optional<String> csrfToken, String id) {}
}
