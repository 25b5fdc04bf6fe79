package org.omtpdm.server.api;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body, at most 1 MiB. */
final class LimitBody implements Filter {

    static final int LIMIT = 1 << 20;

    /** What is read and thrown away, so that the client gets to read the answer. */
    private static final int DRAINED = 8 << 20;

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        return next.handle(request.withBody(read(request)));
    }

    private static byte[] read(Request request) {
        try {
            var in = request.context().req().getInputStream();
            var body = in.readNBytes(LIMIT + 1);
            if (body.length > LIMIT) {
                drain(in);
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw new ManagementException(
                    ErrorCode.BAD_REQUEST, "The body ended early or is not as announced");
        }
    }

    private static void drain(InputStream in) throws IOException {
        var buffer = new byte[16 * 1024];
        var left = DRAINED;
        for (var read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
            left -= read;
        }
    }

    private static ManagementException tooLarge() {
        return new ManagementException(
                ErrorCode.BODY_TOO_LARGE, "The body is larger than " + LIMIT + " bytes");
    }
}
