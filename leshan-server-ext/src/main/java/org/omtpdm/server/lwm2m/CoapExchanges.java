package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Registration, Set<Waiting>> waiting = new ConcurrentHashMap<>();

    /** An exchange whose end somebody waits for. */
    private record Waiting(CompletableFuture<Outcome> done, Request request) {
        void giveUp() {
            if (done.complete(Outcome.of(End.SILENT))) {
                request.cancel();
            }
        }
    }

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
        var one = new Waiting(done, request);
        var timeout = timer.schedule(one::giveUp, waitAtMost.toMillis(), TimeUnit.MILLISECONDS);
        waiting.compute(to, (registration, others) -> with(one, others));
        done.whenComplete(
                (outcome, failure) -> {
                    timeout.cancel(false);
                    inFlight.decrementAndGet();
                    waiting.computeIfPresent(to, (registration, all) -> without(one, all));
                });
        if (!to.isValid()) {
            one.giveUp();
            return done;
        }
        request.setDestinationContext(context(to));
        request.addMessageObserver(new Watcher(done));
        endpoint.sendRequest(request);
        return done;
    }

    private static Set<Waiting> with(Waiting one, Set<Waiting> others) {
        var all = others == null ? new HashSet<Waiting>() : others;
        all.add(one);
        return all;
    }

    private static Set<Waiting> without(Waiting one, Set<Waiting> all) {
        all.remove(one);
        return all.isEmpty() ? null : all;
    }

    /**
     * The device has begun anew: what was asked of its earlier life stays without answer, and
     * nobody need wait for that.
     */
    void giveUp(Registration replaced) {
        var left = new ArrayList<Waiting>();
        waiting.computeIfPresent(
                replaced,
                (registration, all) -> {
                    left.addAll(all);
                    return all;
                });
        left.forEach(Waiting::giveUp);
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
