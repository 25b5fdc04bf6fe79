package org.omtpdm.server.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.omtpdm.server.store.Json;

/** The HTTP side of the server: the API, its description, and the console. */
public final class HttpApi implements AutoCloseable {

    private static final int THREADS = 64;
    private static final Set<HandlerType> METHODS =
            Set.of(
                    HandlerType.GET,
                    HandlerType.POST,
                    HandlerType.PUT,
                    HandlerType.PATCH,
                    HandlerType.DELETE,
                    HandlerType.OPTIONS,
                    HandlerType.TRACE);

    private final Javalin javalin;
    private final Streams streams;
    private final List<Route> routes;

    private HttpApi(Javalin javalin, Streams streams, List<Route> routes) {
        this.javalin = javalin;
        this.streams = streams;
        this.routes = routes;
    }

    /** Listens; requests are answered from now on. */
    public static HttpApi open(
            HttpConfig config,
            Router router,
            Authenticator authenticator,
            Promises promises,
            RequestMeter meter) {
        new ApiDocs().addTo(router);
        var streams = new Streams();
        var filters =
                List.<Filter>of(
                        new Measure(meter),
                        new MapErrors(),
                        new CheckHost(config.allowedHosts()),
                        new LimitBody(),
                        new Authenticate(authenticator),
                        new CheckCsrfToken(),
                        new KeepPromises(promises));
        var javalin =
                Javalin.create(
                        setup -> {
                            listen(setup, config);
                            for (var route : router.routes()) {
                                setup.routes.addHttpHandler(
                                        HandlerType.findOrCreate(route.method().name()),
                                        route.template(),
                                        answering(route, filters, streams));
                            }
                            addFallback(setup, router, filters, streams);
                        });
        javalin.start();
        return new HttpApi(javalin, streams, router.routes());
    }

    private static void listen(JavalinConfig setup, HttpConfig config) {
        setup.startup.showJavalinBanner = false;
        setup.startup.showOldJavalinVersionWarning = false;
        setup.startup.startupWatcherEnabled = false;
        setup.jetty.host = config.host();
        setup.jetty.port = config.port();
        setup.jetty.threadPool = named(new QueuedThreadPool(THREADS, 4));
        setup.jetty.modifyHttpConfiguration(JettySettings::apply);
        setup.jetty.modifyServer(JettySettings::apply);
        setup.jetty.modifyServletContextHandler(JettySettings::apply);
        setup.http.asyncTimeout = 0;
    }

    private static QueuedThreadPool named(QueuedThreadPool pool) {
        pool.setName("http");
        return pool;
    }

    private static io.javalin.http.Handler answering(
            Route route, List<Filter> filters, Streams streams) {
        var handler = Filter.chain(filters, route.handler());
        return context -> send(context, handler.handle(Request.of(context, route)), streams);
    }

    /** Whatever is no route: the console's pages, or an error in the API's form. */
    private static void addFallback(
            JavalinConfig setup, Router router, List<Filter> filters, Streams streams) {
        var console = new Console();
        var pages = new Route(Method.GET, "/console", Access.ANYBODY, console);
        Handler nothing =
                request -> {
                    var path = request.context().path();
                    var allowed = new TreeSet<>(router.methodsFor(path));
                    if (allowed.isEmpty()) {
                        throw Console.notFound();
                    }
                    throw new ManagementException(
                            ErrorCode.METHOD_NOT_ALLOWED,
                            "This path takes only " + allowed,
                            Map.of("allowed", List.copyOf(allowed)));
                };
        var unknown = new Route(Method.GET, "/unknown", Access.ANYBODY, nothing);
        var toConsole = answering(pages, filters, streams);
        var toNothing = answering(unknown, filters, streams);
        for (var method : METHODS) {
            setup.routes.addHttpHandler(
                    method,
                    "/*",
                    context -> {
                        var isPage = method == HandlerType.GET && !isOfApi(context.path());
                        (isPage ? toConsole : toNothing).handle(context);
                    });
        }
    }

    private static boolean isOfApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    private static void send(Context context, Response response, Streams streams)
            throws IOException {
        if (response.body() instanceof Response.Stream stream) {
            head(context, response);
            context.contentType(stream.contentType());
            streams.send(context, stream.writing());
            return;
        }
        head(context, response);
        if (response.body() instanceof Response.JsonValue json) {
            context.contentType("application/json");
            context.result(Json.shared().writeValueAsBytes(json.value()));
        } else if (response.body() instanceof Response.Content content) {
            context.contentType(content.contentType());
            if (response.headers().containsKey("Content-Encoding")) {
                context.disableCompression();
            }
            context.result(content.bytes());
        }
    }

    private static void head(Context context, Response response) {
        context.status(response.status());
        SecurityHeaders.ALL.forEach(context::header);
        if (!response.headers().containsKey("Cache-Control")) {
            context.header("Cache-Control", "no-store");
        }
        response.headers().forEach(context::header);
    }

    /** Every route there is. */
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return javalin.port();
    }

    /** Ends streams and stops listening; requests under way are finished. */
    @Override
    public void close() {
        streams.close();
        javalin.stop();
    }
}
