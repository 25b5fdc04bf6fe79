package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * The exchanges of one management request with one device, and what they have in common: who it is,
 * until when, what is known of its manners. Its steps follow each other.
 */
final class Dialogue {
    private final CoapExchanges exchanges;
    private final Registry registry;
    private final Presence presence;
    private final Answers answers;
    private final Registration to;
    private final long deadline;
    private final Duration waitAtMost;

    Dialogue(
            CoapExchanges exchanges,
            Registry registry,
            Presence presence,
            Answers answers,
            Registration to,
            Duration waitAtMost) {
        this.exchanges = exchanges;
        this.registry = registry;
        this.presence = presence;
        this.answers = answers;
        this.to = to;
        this.waitAtMost = waitAtMost;
        this.deadline = System.nanoTime() + waitAtMost.toNanos();
    }

    Registration to() {
        return to;
    }

    Registry registry() {
        return registry;
    }

    Answers answers() {
        return answers;
    }

    /** Time left until the answer is due. */
    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    Manners manners() {
        return new Manners(to.manners());
    }

    void learn(java.util.function.UnaryOperator<Manners> change) {
        registry.learn(to, bits -> change.apply(new Manners(bits)).bits());
    }

    boolean isVersion10() {
        return to.announcement().understoodVersion().equals("1.0");
    }

    Request request(Code code, ResourcePath path) {
        var request = new Request(code, Type.CON);
        Observations.setPath(request, to, path);
        return request;
    }

    CompletableFuture<CoapExchanges.Outcome> exchange(Request request) {
        return exchange(request, left());
    }

    CompletableFuture<CoapExchanges.Outcome> exchange(Request request, Duration wait) {
        var atMost = wait.isNegative() || wait.isZero() ? Duration.ofMillis(1) : wait;
        return exchanges
                .send(to, request, atMost)
                .thenApply(
                        outcome -> {
                            if (outcome.response() != null) {
                                var from = outcome.response().getSourceContext();
                                registry.heard(to, from.getPeerAddress());
                                presence.spoke(to);
                            }
                            return outcome;
                        });
    }

    static <T> CompletableFuture<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }

    DeviceReply<Reading> without(CoapExchanges.Outcome outcome) {
        return switch (outcome.end()) {
            case SILENT, FAILED, ANSWERED -> {
                presence.unanswered(to);
                yield new DeviceReply.Silent<>(waited());
            }
            case RESET -> new DeviceReply.Refused<>("RST", "the device reset the exchange");
            case UNCONNECTED ->
                    new DeviceReply.NotSent<>("there is no DTLS session and it may not be called");
            case HANDSHAKE_UNANSWERED ->
                    new DeviceReply.NotSent<>("it didn't answer the DTLS handshake");
            case TOO_MANY -> new DeviceReply.NotSent<>("too many requests are in flight");
        };
    }

    /** How long it was waited in truth: less when the device began anew meanwhile. */
    private Duration waited() {
        var left = Math.max(0, deadline - System.nanoTime());
        return Duration.ofSeconds(Math.max(1, waitAtMost.minusNanos(left).toSeconds()));
    }

    static boolean isFormatRefusal(Response response) {
        var code = response.getCode();
        return code == ResponseCode.NOT_ACCEPTABLE
                || code == ResponseCode.UNSUPPORTED_CONTENT_FORMAT;
    }

    DeviceReply<Reading> nothing() {
        return new DeviceReply.Answered<>(new Reading(java.time.Instant.now(), Map.of(), false));
    }
}
