package org.omtpdm.server.api;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.omtpdm.server.store.Json;

/** The HTTP side of the server. */
public final class HttpApi implements AutoCloseable {

    private static final byte[] NO_BODY = {};

    private final Javalin javalin;

    private HttpApi(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Listens; requests are answered from now on. */
    public static HttpApi open(HttpConfig config, Router router, Authenticator authenticator) {
        var filters =
                List.<Filter>of(
                        new MapErrors(),
                        new LimitBody(),
                        new Authenticate(authenticator),
                        new CheckCsrfToken());
        var javalin =
                Javalin.create(
                        setup -> {
                            setup.startup.showJavalinBanner = false;
                            setup.startup.showOldJavalinVersionWarning = false;
                            setup.startup.startupWatcherEnabled = false;
                            setup.jetty.host = config.host();
                            setup.jetty.port = config.port();
                            setup.jetty.threadPool = new QueuedThreadPool(64, 2);
                            for (var route : router.routes()) {
                                var handler = Filter.chain(filters, route.handler());
                                setup.routes.addHttpHandler(
                                        HandlerType.findOrCreate(route.method().name()),
                                        route.template(),
                                        context -> answer(context, route, handler));
                            }
                        });
        javalin.start();
        return new HttpApi(javalin);
    }

    private static void answer(Context context, Route route, Handler handler) throws Exception {
        var request = new Request(context, route, NO_BODY, java.util.Optional.empty());
        send(context, handler.handle(request));
    }

    private static void send(Context context, Response response) throws IOException {
        context.status(response.status());
        response.headers().forEach(context::header);
        if (response.body() instanceof Response.JsonValue json) {
            context.contentType("application/json");
            context.result(Json.shared().writeValueAsBytes(json.value()));
        } else if (response.body() instanceof Response.Content content) {
            context.contentType(content.contentType());
            context.result(content.bytes());
        }
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** Says what went wrong in the API's form. */
    private static final class MapErrors implements Filter {
        private static final org.slf4j.Logger LOG =
                org.slf4j.LoggerFactory.getLogger(MapErrors.class);

        @Override
        public Response apply(Request request, Handler next) {
            try {
                return next.handle(request);
            } catch (ManagementException e) {
                return Response.error(e.code(), e.getMessage(), e.details());
            } catch (org.omtpdm.server.store.WriterBusyException e) {
                return Response.error(ErrorCode.OVERLOADED, e.getMessage(), Map.of())
                        .withHeader("Retry-After", "1");
            } catch (Exception e) {
                LOG.error("{} failed", request.route(), e);
                return Response.error(
                        ErrorCode.INTERNAL, "The server failed; its log says more", Map.of());
            }
        }
    }

    /** Reads the body, at most 1 MiB. */
    private static final class LimitBody implements Filter {
        private static final int LIMIT = 1 << 20;

        @Override
        public Response apply(Request request, Handler next) throws Exception {
            var in = request.context().req().getInputStream();
            var body = in.readNBytes(LIMIT + 1);
            if (body.length > LIMIT) {
                throw new ManagementException(
                        ErrorCode.BODY_TOO_LARGE, "The body is larger than " + LIMIT + " bytes");
            }
            return next.handle(request.withBody(body));
        }
    }

    /** Lets in who may use the route. */
    private record Authenticate(Authenticator authenticator) implements Filter {
        @Override
        public Response apply(Request request, Handler next) throws Exception {
            var access = request.route().access();
            if (access.anonymous()) {
                return next.handle(request);
            }
            var bearer =
                    request.header("Authorization")
                            .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                            .map(value -> value.substring(7).strip());
            var signedIn =
                    authenticator
                            .authenticate(bearer, request.sessionCookie(), request.remoteAddress())
                            .orElseThrow(
                                    () ->
                                            new ManagementException(
                                                    ErrorCode.NOT_SIGNED_IN,
                                                    "Sign in, or send a valid bearer token"));
            access.permission()
                    .filter(permission -> !signedIn.caller().may(permission))
                    .ifPresent(
                            permission -> {
                                throw new ManagementException(
                                        ErrorCode.NOT_ALLOWED,
                                        "This needs the permission " + permission.wire(),
                                        Map.of("permission", permission.wire()));
                            });
            return next.handle(request.by(signedIn));
        }
    }

    /** Refuses changes that another site made a browser send. */
    private static final class CheckCsrfToken implements Filter {
        @Override
        public Response apply(Request request, Handler next) throws Exception {
            var expected = request.whoever().flatMap(Authenticator.SignedIn::csrfToken);
            if (request.route().method().changes()
                    && expected.isPresent()
                    && !request.header("X-CSRF-Token").equals(expected)) {
                throw new ManagementException(
                        ErrorCode.CSRF_TOKEN_MISSING,
                        "Send the session's csrfToken as header X-CSRF-Token");
            }
            return next.handle(request);
        }
    }
}
