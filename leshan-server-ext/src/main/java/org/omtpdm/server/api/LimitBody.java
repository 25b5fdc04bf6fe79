package org.omtpdm.server.api;

import java.io.IOException;

/** Reads the body, at most 1 MiB. */
final class LimitBody implements Filter {

    static final int LIMIT = 1 << 20;

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        if (request.context().req().getContentLengthLong() > LIMIT) {
            throw tooLarge();
        }
        return next.handle(request.withBody(read(request)));
    }

    private static byte[] read(Request request) {
        try {
            var body = request.context().req().getInputStream().readNBytes(LIMIT + 1);
            if (body.length > LIMIT) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw new ManagementException(
                    ErrorCode.BAD_REQUEST, "The body ended early or is not as announced");
        }
    }

    private static ManagementException tooLarge() {
        return new ManagementException(
                ErrorCode.BODY_TOO_LARGE, "The body is larger than " + LIMIT + " bytes");
    }
}
