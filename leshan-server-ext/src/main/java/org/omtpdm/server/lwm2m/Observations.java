package org.omtpdm.server.lwm2m;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.observe.Observation;
import org.eclipse.californium.core.observe.ObservationStore;
import org.eclipse.californium.elements.EndpointContext;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.registry.Observed;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * Lets Californium find the observation a notification belongs to, in our registry: the request is
 * built when one comes in, so an observation costs some hundred bytes. Thread-safe.
 */
final class Observations implements ObservationStore {
    private final Registry registry;
    private final SecureRandom random = new SecureRandom();
    private volatile Function<Registration, EndpointContext> context = registration -> null;

    Observations(Registry registry) {
        this.registry = registry;
    }

    /** Says where a registration is reached; before any endpoint starts. */
    void reachThrough(Function<Registration, EndpointContext> way) {
        context = way;
    }

    /** Eight bytes; Californium keeps tokens with this bit set for observations. */
    long newToken() {
        long token = random.nextLong() | 1L << 56;
        while (registry.observed(token).isPresent()) {
            token = random.nextLong() | 1L << 56;
        }
        return token;
    }

    static Token token(long number) {
        return new Token(ByteBuffer.allocate(8).putLong(number).array());
    }

    Optional<Observed> of(Token token) {
        return token.length() == 8
                ? registry.observed(ByteBuffer.wrap(token.getBytes()).getLong())
                : Optional.empty();
    }

    /** A GET for a path below the device's root path. */
    static Request get(Registration registration, ResourcePath path) {
        var request = Request.newGet();
        setPath(request, registration, path);
        return request;
    }

    static void setPath(Request request, Registration registration, ResourcePath path) {
        for (var segment : registration.announcement().rootPath().split("/")) {
            if (!segment.isEmpty()) {
                request.getOptions().addUriPath(segment);
            }
        }
        path.ids().forEach(id -> request.getOptions().addUriPath(Integer.toString(id)));
    }

    @Override
    public Observation get(Token token) {
        var found = of(token);
        if (found.isEmpty()) {
            return null;
        }
        var observed = found.get();
        var request = get(observed.registration(), observed.path());
        request.setObserve();
        request.setToken(token);
        if (observed.format() >= 0) {
            request.getOptions().setAccept(observed.format());
        }
        var way = context.apply(observed.registration());
        request.setDestinationContext(way);
        return new Observation(request, way);
    }

    /** It is there already: the sender put it before the request. */
    @Override
    public Observation put(Token token, Observation observation) {
        return null;
    }

    @Override
    public Observation putIfAbsent(Token token, Observation observation) {
        return null;
    }

    @Override
    public void remove(Token token) {
        of(token).ifPresent(registry::forget);
    }

    @Override
    public void setContext(Token token, EndpointContext endpointContext) {
        // taken from the registration, which follows the device
    }

    @Override
    public void setExecutor(ScheduledExecutorService executor) {
        // no timers here
    }

    @Override
    public void start() {
        // the registry is started by its owner
    }

    @Override
    public void stop() {
        // the registry is stopped by its owner
    }
}
