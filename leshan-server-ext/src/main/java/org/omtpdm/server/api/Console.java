package org.omtpdm.server.api;

import java.util.Map;

/**
 * The operators' console: the files below {@code /console} on the class path. A path that is no
 * file is one of the console's own pages, and gets its index.
 */
final class Console implements Handler {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final StaticFiles files = new StaticFiles("console");

    @Override
    public Response handle(Request request) {
        var path = request.context().path().replaceFirst("^/", "");
        var isFile = path.substring(path.lastIndexOf('/') + 1).contains(".");
        if (isFile) {
            // names below assets/ carry a hash of the content
            return files.file(path, path.startsWith("assets/") ? FOR_EVER : ASK_AGAIN, request)
                    .orElseThrow(Console::notFound);
        }
        return files.file("index.html", ASK_AGAIN, request)
                .orElseThrow(
                        () ->
                                new ManagementException(
                                        ErrorCode.NOT_FOUND,
                                        "There is nothing here; this build has no console",
                                        Map.of()));
    }

    static ManagementException notFound() {
        return new ManagementException(ErrorCode.NOT_FOUND, "There is nothing at this path");
    }
}
