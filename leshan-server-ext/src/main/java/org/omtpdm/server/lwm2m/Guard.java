package org.omtpdm.server.lwm2m;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;

/**
 * Where every request of every device comes in. Path, method, options, format and Accept are
 * checked here before anything is done; whatever goes wrong below ends here as a 4.xx, or as 5.03
 * when there is too much to do. Nothing escapes to Californium. Thread-safe.
 */
final class Guard implements MessageDeliverer {
    private static final byte[] CORE_LINKS =
            "</rd>;rt=\"core.rd\",</dp>".getBytes(StandardCharsets.UTF_8);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final RegistrationDesk registrations;
    private final SendDesk sends;
    private final StreamedResources streamed;
    private final DeviceLog log;

    Guard(
            RegistrationDesk registrations,
            SendDesk sends,
            StreamedResources streamed,
            DeviceLog log) {
        this.registrations = registrations;
        this.sends = sends;
        this.streamed = streamed;
        this.log = log;
    }

    @Override
    public void deliverRequest(Exchange exchange) {
        var request = exchange.getRequest();
        try {
            checkOptions(request);
            if (streamed.serves(request)) {
                allow(request.getCode(), Code.GET);
                streamed.answer(exchange);
            } else {
                checkBlocks(request);
                route(exchange, request);
            }
        } catch (RefusedRequest e) {
            refuse(exchange, e);
        } catch (RuntimeException | StackOverflowError e) {
            refuse(exchange, RefusedRequest.bad("the request could not be understood"));
            log.odd(sender(request), "request failed: " + e);
        }
    }

    private static void checkOptions(Request request) {
        var options = request.getOptions();
        if (options.hasProxyUri() || options.hasProxyScheme()) {
            throw new RefusedRequest(ResponseCode.BAD_OPTION, "this server is no proxy");
        }
        if (options.getIfMatchCount() > 0 || options.hasIfNoneMatch()) {
            throw new RefusedRequest(ResponseCode.BAD_OPTION, "conditions are not supported");
        }
    }

    /**
     * Answers are of one block. Asked for a later one, Californium would turn our 2.01 into a 4.02
     * after the registration is made.
     */
    private static void checkBlocks(Request request) {
        var options = request.getOptions();
        if (options.hasBlock2() && options.getBlock2().getNum() > 0) {
            throw new RefusedRequest(ResponseCode.BAD_OPTION, "the answer has one block only");
        }
    }

    private void route(Exchange exchange, Request request) {
        var path = request.getOptions().getUriPath();
        var code = request.getCode();
        if (path.size() == 1 && path.get(0).equals("rd")) {
            allow(code, Code.POST);
            registrations.register(exchange);
        } else if (path.size() == 2 && path.get(0).equals("rd")) {
            allow(code, Code.POST, Code.DELETE);
            if (code == Code.POST) {
                registrations.update(exchange, path.get(1));
            } else {
                registrations.deregister(exchange, path.get(1));
            }
        } else if (path.size() == 1 && path.get(0).equals("dp")) {
            allow(code, Code.POST);
            sends.received(exchange);
        } else if (path.equals(List.of(".well-known", "core"))) {
            allow(code, Code.GET);
            discover(exchange, request);
        } else {
            throw new RefusedRequest(ResponseCode.NOT_FOUND, "there is rd and dp here");
        }
    }

    private static void allow(Code code, Code... allowed) {
        if (!List.of(allowed).contains(code)) {
            throw new RefusedRequest(ResponseCode.METHOD_NOT_ALLOWED, "not with method " + code);
        }
    }

    private static void discover(Exchange exchange, Request request) {
        var options = request.getOptions();
        if (options.hasAccept()
                && options.getAccept() != MediaTypeRegistry.APPLICATION_LINK_FORMAT) {
            throw new RefusedRequest(ResponseCode.NOT_ACCEPTABLE, "link format only");
        }
        var response = new Response(ResponseCode.CONTENT);
        response.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        response.setPayload(CORE_LINKS);
        exchange.sendResponse(response);
    }

    private void refuse(Exchange exchange, RefusedRequest refusal) {
        log.odd(
                sender(exchange.getRequest()),
                refusal.code()
                        + " to "
                        + exchange.getRequest().getCode()
                        + ": "
                        + refusal.getMessage());
        answer(exchange, refusal);
    }

    /** Sends an error with its words as diagnostic payload. */
    static void answer(Exchange exchange, RefusedRequest refusal) {
        var response = new Response(refusal.code());
        response.setPayload(refusal.getMessage().getBytes(StandardCharsets.UTF_8));
        if (refusal.code() == ResponseCode.SERVICE_UNAVAILABLE) {
            response.getOptions().setMaxAge(RETRY_AFTER_SECONDS);
        }
        exchange.sendResponse(response);
    }

    static String sender(Request request) {
        InetSocketAddress address = request.getSourceContext().getPeerAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void deliverResponse(Exchange exchange, Response response) {
        try {
            exchange.getRequest().setResponse(response);
        } catch (RuntimeException | StackOverflowError e) {
            log.odd(String.valueOf(response.getSourceContext()), "answer failed: " + e);
        }
    }
}
