package org.omtpdm.server.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps other web sites out of what a browser may do here. A request without a bearer token must
 * name this server by an address or a known name (so that a foreign name that resolves to us, DNS
 * rebinding, is refused), and where it says which site it comes from, that must be this one.
 */
final class CheckHost implements Filter {

    private final List<String> allowed;

    CheckHost(List<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        var harmless = request.route().access().anonymous() && !request.route().method().changes();
        if (!harmless && request.bearer().isEmpty()) {
            var host = request.header("Host").orElse("");
            if (!isKnown(nameOf(host))) {
                throw new ManagementException(
                        ErrorCode.NOT_ALLOWED,
                        "This server is not known as '"
                                + shorten(host)
                                + "'; use its address, or add the name to http.allowed-hosts");
            }
            if (request.route().method().changes() && isForeign(request, host)) {
                throw new ManagementException(
                        ErrorCode.NOT_ALLOWED, "Another site may not make changes here");
            }
        }
        return next.handle(request);
    }

    private boolean isKnown(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                || name.startsWith("[")
                || allowed.contains(name);
    }

    private static boolean isForeign(Request request, String host) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent()) {
            return !origin.get().replaceFirst("^https?://", "").equalsIgnoreCase(host);
        }
        return request.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent();
    }

    private static String nameOf(String host) {
        var withoutPort = host.startsWith("[") ? host : host.replaceFirst(":[0-9]*$", "");
        return withoutPort.toLowerCase(Locale.ROOT);
    }

    private static String shorten(String host) {
        return host.length() <= 100 ? host : host.substring(0, 100) + "…";
    }
}
