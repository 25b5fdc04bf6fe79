package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.exception.EndpointUnconnectedException;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.omtpdm.server.lwm2m.registry.Registration;

/**
 * Single CoAP exchanges with devices: where to, over which DTLS session, how long, and at most so
 * many at a time. Thread-safe.
 */
final class CoapExchanges {

    /** How an exchange ended; the response when there was one. */
    record Outcome(End end, Response response) {
        static Outcome of(End end) {
            return new Outcome(end, null);
        }
    }

    /** Why an exchange is over. */
    enum End {
        ANSWERED,
        RESET,
        SILENT,
        UNCONNECTED,
        HANDSHAKE_UNANSWERED,
        TOO_MANY,
        FAILED
    }

    private final Endpoint secured;
    private final Endpoint plain;
    private final HandshakeWatch handshakes;
    private final ScheduledExecutorService timer;
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param plain null when NoSec is off
     */
    CoapExchanges(
            Endpoint secured,
            Endpoint plain,
            HandshakeWatch handshakes,
            ScheduledExecutorService timer,
            int maxInFlight) {
        this.secured = secured;
        this.plain = plain;
        this.handshakes = handshakes;
        this.timer = timer;
        this.maxInFlight = maxInFlight;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Where a registration is reached, and whether a handshake may be started for it. */
    EndpointContext context(Registration registration) {
        var address = registration.address();
        var identity = registration.identity();
        if (identity.isEmpty()) {
            return new AddressEndpointContext(address);
        }
        boolean call = registration.mayBeCalled();
        if (call) {
            handshakes.calling(address, identity.get());
        }
        return new MapBasedEndpointContext(
                address,
                new PreSharedKeyIdentity(identity.get()),
                new Attributes()
                        .add(
                                DtlsEndpointContext.KEY_HANDSHAKE_MODE,
                                call
                                        ? DtlsEndpointContext.HANDSHAKE_MODE_AUTO
                                        : DtlsEndpointContext.HANDSHAKE_MODE_NONE));
    }

    /** Completes once, never exceptionally, at the latest after {@code waitAtMost}. */
    CompletableFuture<Outcome> send(Registration to, Request request, Duration waitAtMost) {
        var done = new CompletableFuture<Outcome>();
        var endpoint = to.isSecured() ? secured : plain;
        if (endpoint == null) {
            done.complete(Outcome.of(End.UNCONNECTED));
            return done;
        }
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            done.complete(Outcome.of(End.TOO_MANY));
            return done;
        }
        var timeout =
                timer.schedule(
                        () -> {
                            if (done.complete(Outcome.of(End.SILENT))) {
                                request.cancel();
                            }
                        },
                        waitAtMost.toMillis(),
                        TimeUnit.MILLISECONDS);
        done.whenComplete(
                (outcome, failure) -> {
                    timeout.cancel(false);
                    inFlight.decrementAndGet();
                });
        request.setDestinationContext(context(to));
        request.addMessageObserver(new Watcher(done));
        endpoint.sendRequest(request);
        return done;
    }

    /** Turns Californium's callbacks into one outcome. */
    private static final class Watcher extends MessageObserverAdapter {
        private final CompletableFuture<Outcome> done;

        Watcher(CompletableFuture<Outcome> done) {
            this.done = done;
        }

        @Override
        public void onResponse(Response response) {
            done.complete(new Outcome(End.ANSWERED, response));
        }

        @Override
        public void onTimeout() {
            done.complete(Outcome.of(End.SILENT));
        }

        @Override
        public void onReject() {
            done.complete(Outcome.of(End.RESET));
        }

        @Override
        public void onCancel() {
            done.complete(Outcome.of(End.FAILED));
        }

        @Override
        public void onResponseHandlingError(Throwable cause) {
            done.complete(Outcome.of(End.FAILED));
        }

        @Override
        public void onSendError(Throwable error) {
            done.complete(
                    Outcome.of(
                            error instanceof EndpointUnconnectedException
                                    ? End.UNCONNECTED
                                    : error instanceof DtlsHandshakeTimeoutException
                                            ? End.HANDSHAKE_UNANSWERED
                                            : End.FAILED));
        }
    }
}
