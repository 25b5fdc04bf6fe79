package org.omtpdm.client.lwm2m;

import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.leshan.core.node.codec.CodecException;
import org.eclipse.leshan.core.request.exception.InvalidRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of the objects: a request that is wrong in itself is answered here, before
 * anything happens, and whatever is thrown later becomes a proper answer. What a server sends
 * wrongly is logged at DEBUG only.
 */
final class Guard extends ServerMessageDeliverer {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final RequestCheck check;
    private final Runnable heard;

    Guard(Resource root, Configuration configuration, RequestCheck check, Runnable heard) {
        super(root, configuration);
        this.check = check;
        this.heard = heard;
    }

    @Override
    protected boolean preDeliverRequest(Exchange exchange) {
        heard.run();
        Optional<RequestCheck.Fault> fault = check.fault(exchange.getRequest());
        fault.ifPresent(found -> answer(exchange, found.code(), found.diagnostic()));
        return fault.isPresent();
    }

    /** Handles a request; what that throws is answered. */
    static void handle(Exchange exchange, Runnable handling) {
        try {
            handling.run();
        } catch (CodecException e) {
            Code method = exchange.getRequest().getCode();
            boolean isReading = method == Code.GET || method == Code.FETCH;
            answer(
                    exchange,
                    isReading ? ResponseCode.NOT_ACCEPTABLE : ResponseCode.BAD_REQUEST,
                    "format does not fit");
        } catch (InvalidRequestException e) {
            answer(exchange, ResponseCode.BAD_REQUEST, "invalid request");
        } catch (RuntimeException e) {
            LOG.warn(
                    "Handle {} of {}",
                    exchange.getRequest().getCode(),
                    exchange.getRequest().getURI(),
                    e);
            answer(exchange, ResponseCode.INTERNAL_SERVER_ERROR, "");
        }
    }

    private static void answer(Exchange exchange, ResponseCode code, String diagnostic) {
        LOG.debug(
                "{} of /{} answered {} {}",
                exchange.getRequest().getCode(),
                exchange.getRequest().getOptions().getUriPathString(),
                code,
                diagnostic);
        Response response = new Response(code);
        if (!diagnostic.isEmpty()) {
            response.setPayload(diagnostic);
            response.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
        }
        exchange.sendResponse(response);
    }
}
