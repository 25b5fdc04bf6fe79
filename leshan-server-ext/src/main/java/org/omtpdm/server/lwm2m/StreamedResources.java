package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;

/**
 * Serves streamed content: each Block2 request is answered by itself, from its number alone, so a
 * transfer costs no memory here and may be resumed at any block. Thread-safe.
 *
 * @see "RFC 7959 §2.4"
 */
final class StreamedResources {
    static final int LARGEST_SZX = 6;

    private final Map<String, StreamedSource> sources = new ConcurrentHashMap<>();

    void serve(String segment, StreamedSource source) {
        sources.put(segment, source);
    }

    /** Whether a request goes around the transparent block-wise layer. */
    boolean serves(Request request) {
        if (sources.isEmpty()) {
            return false;
        }
        var path = request.getOptions().getUriPath();
        return !path.isEmpty() && sources.containsKey(path.get(0));
    }

    void answer(Exchange exchange) {
        var request = exchange.getRequest();
        var options = request.getOptions();
        if (options.hasAccept()
                && options.getAccept() != MediaTypeRegistry.APPLICATION_OCTET_STREAM) {
            throw new RefusedRequest(ResponseCode.NOT_ACCEPTABLE, "octet-stream (42) only");
        }
        List<String> path = options.getUriPath();
        var content =
                sources.get(path.get(0))
                        .find(path.subList(1, path.size()), Sender.of(request).identity())
                        .orElseThrow(
                                () -> new RefusedRequest(ResponseCode.NOT_FOUND, "no such file"));
        var block = options.hasBlock2() ? options.getBlock2() : new BlockOption(6, false, 0);
        int szx = Math.min(block.getSzx(), LARGEST_SZX);
        int size = 16 << szx;
        long offset = (long) block.getNum() * (16L << Math.min(block.getSzx(), LARGEST_SZX));
        if (offset > 0 && offset >= content.size()) {
            throw RefusedRequest.bad("there is no block " + block.getNum());
        }
        exchange.sendResponse(response(content, offset, size, szx));
    }

    private static Response response(StreamedContent content, long offset, int size, int szx) {
        var response = new Response(ResponseCode.CONTENT);
        try {
            response.setPayload(content.read(offset, size));
        } catch (IOException e) {
            throw new RefusedRequest(ResponseCode.SERVICE_UNAVAILABLE, "it can't be read now");
        }
        boolean more = offset + size < content.size();
        response.getOptions()
                .setContentFormat(MediaTypeRegistry.APPLICATION_OCTET_STREAM)
                .addETag(content.entityTag())
                .setBlock2(szx, more, (int) (offset / size));
        if (offset == 0 && content.size() <= Integer.MAX_VALUE) {
            response.getOptions().setSize2((int) content.size());
        }
        return response;
    }
}
