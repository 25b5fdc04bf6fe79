package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.registry.Registration;

/**
 * Writes streamed content to a resource block by block. Whoever owns the push asks for each block,
 * so that other requests to the device may go between two of them. The device may ask for smaller
 * blocks. Confined to one caller at a time.
 *
 * @see "RFC 7959 §2.3 and §2.9"
 */
public final class BlockPush {

    /**
     * Where a push stands.
     *
     * @param reply empty while there is more to send
     */
    public record Progress(long sent, long size, java.util.Optional<DeviceReply<Reading>> reply) {}

    private final CoapExchanges exchanges;
    private final Registration to;
    private final ResourcePath path;
    private final StreamedContent content;
    private final Duration waitPerBlock;
    private long offset;
    private int szx = StreamedResources.LARGEST_SZX;

    BlockPush(
            CoapExchanges exchanges,
            Registration to,
            ResourcePath path,
            StreamedContent content,
            Duration waitPerBlock) {
        this.exchanges = exchanges;
        this.to = to;
        this.path = path;
        this.content = content;
        this.waitPerBlock = waitPerBlock;
    }

    /**
     * Sends the next block.
     *
     * @return never exceptionally, but with an {@link IOException} when the content can't be read
     */
    public CompletableFuture<Progress> next() {
        int size = 16 << szx;
        byte[] block;
        try {
            block = content.read(offset, size);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean more = offset + block.length < content.size();
        var request = new StreamingStack.OneBlock(Code.PUT);
        Observations.setPath(request, to, path);
        request.getOptions()
                .setContentFormat(MediaTypeRegistry.APPLICATION_OCTET_STREAM)
                .setBlock1(szx, more, (int) (offset / size));
        if (offset == 0 && content.size() <= Integer.MAX_VALUE) {
            request.getOptions().setSize1((int) content.size());
        }
        request.setPayload(block);
        return exchanges
                .send(to, request, waitPerBlock)
                .thenApply(outcome -> answered(outcome, block.length, more));
    }

    private Progress answered(CoapExchanges.Outcome outcome, int length, boolean more) {
        var response = outcome.response();
        if (response == null) {
            return ended(new DeviceReply.Silent<>(waitPerBlock));
        }
        int asked =
                response.getOptions().hasBlock1()
                        ? response.getOptions().getBlock1().getSzx()
                        : szx;
        boolean wantsSmaller = asked < szx;
        if (response.getCode() == ResponseCode.REQUEST_ENTITY_TOO_LARGE
                && offset == 0
                && wantsSmaller) {
            szx = asked;
            return going();
        }
        if (!response.isSuccess()) {
            return ended(Answers.refusal(response));
        }
        offset += length;
        if (!more) {
            return ended(
                    new DeviceReply.Answered<>(
                            new Reading(java.time.Instant.now(), java.util.Map.of(), false)));
        }
        return accepted(response, asked);
    }

    /** Smaller blocks go on at the same byte, which is the start of a smaller block too. */
    private Progress accepted(Response response, int asked) {
        if (response.getOptions().hasBlock1() && asked < szx) {
            szx = asked;
        }
        return going();
    }

    private Progress going() {
        return new Progress(offset, content.size(), java.util.Optional.empty());
    }

    private Progress ended(DeviceReply<Reading> reply) {
        return new Progress(offset, content.size(), java.util.Optional.of(reply));
    }
}
