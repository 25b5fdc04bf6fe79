package org.omtpdm.server.api;

import java.util.Map;
import org.omtpdm.server.store.WriterBusyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what went wrong, in the API's form. What nobody expected is logged here, once, and answered
 * without internals.
 */
final class MapErrors implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(MapErrors.class);

    @Override
    public Response apply(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (ManagementException e) {
            return refused(e);
        } catch (WriterBusyException e) {
            return Response.error(ErrorCode.OVERLOADED, e.getMessage(), Map.of())
                    .withHeader("Retry-After", "1");
        } catch (Exception e) {
            LOG.error("{} failed", request.route(), e);
            return Response.error(
                    ErrorCode.INTERNAL, "The server failed; its log says more", Map.of());
        }
    }

    private static Response refused(ManagementException problem) {
        var response = Response.error(problem.code(), problem.getMessage(), problem.details());
        return problem.details().get("retryAfterSeconds") instanceof Number seconds
                ? response.withHeader("Retry-After", seconds.toString())
                : response;
    }
}
