package org.omtpdm.server.api;

import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.omtpdm.server.store.Json;

/** How Jetty is set up: small headers, bounded connections, errors in the API's form. */
final class JettySettings {

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int CONNECTIONS = 2_000;

    private JettySettings() {}

    static void apply(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
    }

    static void apply(Server server) {
        server.setErrorHandler(new ApiErrors());
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    }

    static void apply(ServletContextHandler handler) {
        handler.setErrorHandler(new ApiErrors());
    }

    /** For what never gets to a route, for example a malformed request line. */
    private static final class ApiErrors extends ErrorHandler {

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int status,
                String message,
                Throwable cause,
                Callback callback) {
            var code = codeOf(status);
            var body =
                    Json.write(
                            new org.omtpdm.server.api.Response.ErrorBody(
                                    code, textOf(status), Map.of()));
            SecurityHeaders.ALL.forEach(response.getHeaders()::put);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            Content.Sink.write(response, true, body, callback);
        }

        private static ErrorCode codeOf(int status) {
            return switch (status) {
                case 404 -> ErrorCode.NOT_FOUND;
                case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
                case 413 -> ErrorCode.BODY_TOO_LARGE;
                case 503 -> ErrorCode.OVERLOADED;
                default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
            };
        }

        private static String textOf(int status) {
            return status < 500
                    ? "The request is not one this server understands (" + status + ")"
                    : "The server failed; its log says more";
        }
    }
}
