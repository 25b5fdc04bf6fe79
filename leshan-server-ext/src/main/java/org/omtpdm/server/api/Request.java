package org.omtpdm.server.api;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Cursor;
import org.omtpdm.server.store.PageRequest;

/** A request, with everything a handler may know of it. Immutable. */
public final class Request {

    private final Context context;
    private final Route route;
    private final byte[] body;
    private final Optional<Authenticator.SignedIn> signedIn;

    private final BooleanSupplier stillAllowed;

    private Request(
            Context context,
            Route route,
            byte[] body,
            Optional<Authenticator.SignedIn> signedIn,
            BooleanSupplier stillAllowed) {
        this.context = context;
        this.route = route;
        this.body = body;
        this.signedIn = signedIn;
        this.stillAllowed = stillAllowed;
    }

    static Request of(Context context, Route route) {
        return new Request(context, route, new byte[0], Optional.empty(), () -> true);
    }

    Request withBody(byte[] read) {
        return new Request(context, route, read, signedIn, stillAllowed);
    }

    Request by(Authenticator.SignedIn who, BooleanSupplier allowedLater) {
        return new Request(context, route, body, Optional.of(who), allowedLater);
    }

    /** Whether the caller might still send this request: for answers that take long. */
    public boolean isStillAllowed() {
        return stillAllowed.getAsBoolean();
    }

    Optional<String> bearer() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    Context context() {
        return context;
    }

    Route route() {
        return route;
    }

    byte[] bodyBytes() {
        return body;
    }

    Optional<Authenticator.SignedIn> whoever() {
        return signedIn;
    }

    /** How the caller is known. Routes for everybody have no caller. */
    public Authenticator.SignedIn signedIn() {
        return signedIn.orElseThrow(
                () -> new IllegalStateException("Nobody is signed in on " + route));
    }

    /** Who asks. Routes for everybody have no caller. */
    public Caller caller() {
        return signedIn().caller();
    }

    /** A parameter of the path template. */
    public String path(String name) {
        return context.pathParam(name);
    }

    /** A parameter of the query; absent also when it is empty. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
    }

    /** All values of a parameter that may come several times. */
    public List<String> queryAll(String name) {
        return context.queryParams(name).stream().filter(value -> !value.isEmpty()).toList();
    }

    /**
     * @throws ManagementException {@code BAD_REQUEST} when it isn't a whole number of this range
     */
    public Optional<Integer> queryInt(String name, int minimum, int maximum) {
        return query(name)
                .map(
                        text -> {
                            var number =
                                    text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : null;
                            if (number == null || number < minimum || number > maximum) {
                                throw bad(name, "expected " + minimum + " to " + maximum);
                            }
                            return number;
                        });
    }

    /**
     * @throws ManagementException {@code BAD_REQUEST} when it is neither {@code true} nor {@code
     *     false}
     */
    public Optional<Boolean> queryBoolean(String name) {
        return query(name)
                .map(
                        text ->
                                switch (text) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default -> throw bad(name, "expected true or false");
                                });
    }

    /**
     * @throws ManagementException {@code BAD_REQUEST} when it isn't an ISO 8601 time with a zone
     */
    public Optional<Instant> queryInstant(String name) {
        return query(name)
                .map(
                        text -> {
                            try {
                                return Instant.parse(text);
                            } catch (DateTimeParseException e) {
                                throw bad(name, "expected a time like 2026-03-01T12:00:00Z");
                            }
                        });
    }

    /**
     * The part of a list that is asked for: {@code limit} and {@code cursor}.
     *
     * @throws ManagementException {@code BAD_REQUEST}
     */
    public PageRequest page() {
        var limit = queryInt("limit", 1, PageRequest.MAX_LIMIT).orElse(PageRequest.DEFAULT_LIMIT);
        try {
            return new PageRequest(limit, query("cursor").map(Cursor::parse));
        } catch (IllegalArgumentException e) {
            throw bad("cursor", "expected the nextCursor of the page before");
        }
    }

    /**
     * The body as a value. Strict: unknown members, wrong types and missing required components are
     * refused by name, as is what the record's constructor refuses with an {@link
     * IllegalArgumentException}. Components that may be missing are {@code Optional}.
     *
     * @throws ManagementException {@code BAD_REQUEST}, {@code UNSUPPORTED_MEDIA_TYPE}
     */
    public <T> T body(Class<T> type) {
        return JsonBody.read(header("Content-Type"), body, type);
    }

    /** As {@link #body}; empty when none was sent. */
    public <T> Optional<T> optionalBody(Class<T> type) {
        return body.length == 0 ? Optional.empty() : Optional.of(body(type));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** The id of the session the browser believes to have. */
    public Optional<String> sessionCookie() {
        return Optional.ofNullable(context.cookie("omtpdm_session"))
                .filter(value -> !value.isEmpty());
    }

    /** IP address of the other end of the connection. */
    public String remoteAddress() {
        return context.req().getRemoteAddr();
    }

    private static ManagementException bad(String parameter, String problem) {
        return new ManagementException(
                BAD_REQUEST,
                "Query parameter '" + parameter + "': " + problem,
                Map.of("parameter", parameter));
    }
}
