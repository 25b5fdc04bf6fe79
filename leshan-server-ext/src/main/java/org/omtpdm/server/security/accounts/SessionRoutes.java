package org.omtpdm.server.security.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.api.Authenticator.SignedIn;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Method;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.security.Role;

/** Signing in and out. */
final class SessionRoutes {

    private static final String SESSION = "/api/v1/session";

    private final Sessions sessions;
    private final boolean secureCookies;

    SessionRoutes(Sessions sessions, boolean secureCookies) {
        this.sessions = sessions;
        this.secureCookies = secureCookies;
    }

    void addTo(Router router) {
        router.anonymous(Method.POST, SESSION, this::signIn);
        router.signedIn(Method.GET, SESSION, request -> Response.ok(view(request.signedIn())));
        router.signedIn(Method.DELETE, SESSION, this::signOut);
        router.signedIn(Method.PUT, SESSION + "/password", this::changePassword);
    }

    private record SignIn(String username, String password) {
        private static final int LONGEST_NAME = 200;
        private static final int LONGEST_PASSWORD = 1000;

        SignIn {
            if (username.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
                throw new IllegalArgumentException(
                        "Sign in: a user name has at most 200 characters, a password 1000");
            }
        }

        @Override
        public String toString() {
            return "SignIn[" + username + "]";
        }
    }

    private record PasswordChange(String current, String password) {
        PasswordChange {
            AccountRules.requirePassword(password);
        }

        @Override
        public String toString() {
            return "PasswordChange";
        }
    }

    private record SessionView(
            String username,
            String displayName,
            List<Role> roles,
            List<Permission> permissions,
            String kind,
            Optional<String> csrfToken,
            Optional<Instant> expiresAt,
            Optional<Instant> lastSignInAt) {}

    private Response signIn(Request request) {
        var body = request.body(SignIn.class);
        var begun =
                sessions.signIn(
                        body.username(),
                        body.password(),
                        request.remoteAddress(),
                        request.sessionCookie());
        return Response.created(view(begun.current()))
                .withHeader("Set-Cookie", cookie(begun.id(), Optional.empty()));
    }

    private Response signOut(Request request) {
        if (request.caller().kind() != Caller.Kind.SESSION) {
            throw new ManagementException(
                    ErrorCode.CONFLICT, "A token has no session; revoke the token instead");
        }
        sessions.signOut(request.signedIn().id(), request.caller());
        return Response.noContent().withHeader("Set-Cookie", cookie("", Optional.of(0)));
    }

    private Response changePassword(Request request) {
        var current =
                Optional.of(request.signedIn())
                        .filter(signedIn -> signedIn.caller().kind() == Caller.Kind.SESSION)
                        .flatMap(signedIn -> sessions.byHash(signedIn.id()))
                        .orElseThrow(
                                () ->
                                        new ManagementException(
                                                ErrorCode.CONFLICT,
                                                "Only a person who is signed in has a password"));
        var body = request.body(PasswordChange.class);
        var begun =
                sessions.changePassword(
                        current, body.current(), body.password(), request.remoteAddress());
        return Response.noContent()
                .withHeader("Set-Cookie", cookie(begun.id(), Optional.empty()))
                .withHeader("X-CSRF-Token", begun.current().session().csrfToken());
    }

    private String cookie(String value, Optional<Integer> maxAge) {
        return "omtpdm_session="
                + value
                + "; Path=/; HttpOnly; SameSite=Strict"
                + maxAge.map(seconds -> "; Max-Age=" + seconds).orElse("")
                + (secureCookies ? "; Secure" : "");
    }

    private SessionView view(SignedIn signedIn) {
        return sessions.byHash(signedIn.id())
                .filter(current -> signedIn.caller().kind() == Caller.Kind.SESSION)
                .map(SessionRoutes::view)
                .orElseGet(() -> tokenView(signedIn.caller()));
    }

    private static SessionView view(Sessions.Current current) {
        var caller = current.signedIn().caller();
        return new SessionView(
                caller.name(),
                current.user().displayName(),
                sorted(caller.roles()),
                sorted(caller.permissions()),
                "session",
                Optional.of(current.session().csrfToken()),
                Optional.of(current.session().expiresAt()),
                current.session().previousSignInAt());
    }

    private static SessionView tokenView(Caller caller) {
        return new SessionView(
                caller.name(),
                caller.name(),
                sorted(caller.roles()),
                sorted(caller.permissions()),
                "token",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static <E extends Enum<E>> List<E> sorted(java.util.Collection<E> values) {
        return values.stream().sorted().toList();
    }
}
