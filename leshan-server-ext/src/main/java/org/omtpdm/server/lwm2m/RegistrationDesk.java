package org.omtpdm.server.lwm2m;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.omtpdm.server.lwm2m.AnnouncementParser.Parameters;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.lwm2m.registry.Announcement;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * Register, Update and Deregister. Answers after the commit; an Update that changes nothing is
 * answered at once. Events follow the answer. Thread-safe.
 *
 * @see "LwM2M Core 1.1.1 §6.2"
 */
final class RegistrationDesk {
    private final Registry registry;
    private final CredentialSource credentials;
    private final RefusedContacts refused;
    private final ListenerLanes lanes;
    private final DeviceListener listener;
    private final Presence presence;
    private final Lwm2mConfig config;
    private final CoapExchanges exchanges;

    RegistrationDesk(
            Registry registry,
            CredentialSource credentials,
            RefusedContacts refused,
            ListenerLanes lanes,
            DeviceListener listener,
            Presence presence,
            Lwm2mConfig config,
            CoapExchanges exchanges) {
        this.registry = registry;
        this.credentials = credentials;
        this.refused = refused;
        this.lanes = lanes;
        this.listener = listener;
        this.presence = presence;
        this.config = config;
        this.exchanges = exchanges;
    }

    void register(Exchange exchange) {
        var request = exchange.getRequest();
        var sender = Sender.of(request);
        Parameters parameters;
        try {
            parameters = AnnouncementParser.parameters(request.getOptions().getUriQuery());
        } catch (RefusedRequest e) {
            reportBad(sender, "", e);
            throw e;
        }
        var endpoint = endpoint(sender, parameters);
        Announcement announcement;
        long lifetime;
        try {
            checkFormat(request);
            var links = AnnouncementParser.links(request.getPayload());
            announcement = AnnouncementParser.announcement(parameters, links);
            lifetime =
                    meant(
                            parameters.lifetime().orElse(config.defaultLifetime().toSeconds()),
                            announcement);
        } catch (RefusedRequest e) {
            reportBad(sender, endpoint, e);
            throw e;
        }
        acceptsNew(endpoint);
        var registered =
                registry.register(
                        endpoint, sender.identity(), sender.address(), lifetime, announcement);
        var registration = registered.registration();
        registered.replaced().ifPresent(exchanges::giveUp);
        presence.heard(registration);
        var response = new Response(ResponseCode.CREATED);
        response.getOptions().addLocationPath("rd");
        response.getOptions().addLocationPath(registration.idText());
        answerAfter(
                registered.committed(),
                exchange,
                response,
                () -> {
                    var facts = registration.facts(List.of());
                    boolean replaced = registered.replaced().isPresent();
                    lanes.run(endpoint, () -> listener.registered(facts, replaced));
                    presence.announce(registration);
                });
    }

    private void reportBad(Sender sender, String endpoint, RefusedRequest e) {
        refused.report(
                sender.address(),
                endpoint,
                sender.identity().orElse(""),
                e.code() == ResponseCode.PRECONDITION_FAILED
                        ? RefusalReason.VERSION_NOT_SUPPORTED
                        : RefusalReason.BAD_REGISTRATION,
                "Registration refused: " + e.getMessage() + ".");
    }

    /** The endpoint of a Register, once it is sure that the sender may have it. */
    private String endpoint(Sender sender, Parameters parameters) {
        if (sender.identity().isEmpty()) {
            var endpoint =
                    parameters
                            .endpoint()
                            .orElseThrow(() -> RefusedRequest.bad("parameter ep is missing"));
            if (credentials.byEndpoint(endpoint).isPresent()) {
                refused.report(
                        sender.address(),
                        endpoint,
                        "",
                        RefusalReason.SECURITY_REQUIRED,
                        "This endpoint has credentials and came without DTLS.");
                throw new RefusedRequest(
                        ResponseCode.FORBIDDEN, "this endpoint has to come with DTLS");
            }
            return endpoint;
        }
        var identity = sender.identity().get();
        var bound = credentials.byIdentity(identity).map(CredentialSource.PskCredential::endpoint);
        if (bound.isEmpty()) {
            refused.report(
                    sender.address(),
                    parameters.endpoint().orElse(""),
                    identity,
                    RefusalReason.UNKNOWN_IDENTITY,
                    "The identity is no longer known.");
            throw new RefusedRequest(ResponseCode.FORBIDDEN, "this identity is no longer known");
        }
        var endpoint = parameters.endpoint().orElse(bound.get());
        if (!endpoint.equals(bound.get())) {
            refused.report(
                    sender.address(),
                    endpoint,
                    identity,
                    RefusalReason.ENDPOINT_MISMATCH,
                    "Identity "
                            + Words.quoted(identity)
                            + " belongs to another endpoint than "
                            + Words.quoted(endpoint)
                            + ".");
            throw RefusedRequest.bad("the endpoint is not the one of the DTLS identity");
        }
        return endpoint;
    }

    private static void checkFormat(Request request) {
        var options = request.getOptions();
        if (options.hasContentFormat()
                && options.getContentFormat() != MediaTypeRegistry.APPLICATION_LINK_FORMAT
                && options.getContentFormat() != MediaTypeRegistry.TEXT_PLAIN) {
            throw new RefusedRequest(
                    ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "objects are listed in link format");
        }
    }

    /** 0 means for ever since LwM2M 1.1 and nothing before. */
    private static long meant(long lifetime, Announcement announcement) {
        if (lifetime > 0) {
            return lifetime;
        }
        if (announcement.understoodVersion().equals("1.0")) {
            throw RefusedRequest.bad("lt=0 is no lifetime");
        }
        return Registration.FOREVER;
    }

    private void acceptsNew(String endpoint) {
        boolean full =
                registry.size() >= config.maxRegistrations()
                        && registry.byEndpoint(endpoint).isEmpty();
        if (full || !registry.isHealthy() || lanes.isFull(endpoint)) {
            throw new RefusedRequest(
                    ResponseCode.SERVICE_UNAVAILABLE, "too much to do, try again soon");
        }
    }

    private static void answerAfter(
            CompletableFuture<Void> committed,
            Exchange exchange,
            Response response,
            Runnable afterwards) {
        committed.whenComplete(
                (done, failure) -> {
                    if (failure != null) {
                        Guard.answer(
                                exchange,
                                new RefusedRequest(
                                        ResponseCode.SERVICE_UNAVAILABLE,
                                        "the server is stopping"));
                        return;
                    }
                    exchange.sendResponse(response);
                    afterwards.run();
                });
    }

    /** The registration of a path, once it is sure that the sender is its device. */
    private Registration own(Sender sender, String id) {
        var registration =
                Registration.parseId(id)
                        .flatMap(registry::byId)
                        .orElseThrow(
                                () ->
                                        new RefusedRequest(
                                                ResponseCode.NOT_FOUND, "no such registration"));
        if (!registration.identity().equals(sender.identity())) {
            refused.report(
                    sender.address(),
                    registration.endpoint(),
                    sender.identity().orElse(""),
                    registration.isSecured() && sender.identity().isEmpty()
                            ? RefusalReason.SECURITY_REQUIRED
                            : RefusalReason.ENDPOINT_MISMATCH,
                    "A message for the registration of another identity.");
            throw RefusedRequest.bad("this registration belongs to somebody else");
        }
        if (registration.isSecured() && stillBound(registration).isEmpty()) {
            throw new RefusedRequest(ResponseCode.FORBIDDEN, "this identity is no longer known");
        }
        return registration;
    }

    private Optional<String> stillBound(Registration registration) {
        return registration
                .identity()
                .flatMap(credentials::byIdentity)
                .map(CredentialSource.PskCredential::endpoint)
                .filter(registration.endpoint()::equals);
    }

    void update(Exchange exchange, String id) {
        var request = exchange.getRequest();
        var sender = Sender.of(request);
        var registration = own(sender, id);
        var parameters = AnnouncementParser.parameters(request.getOptions().getUriQuery());
        var before = registration.announcement();
        var links = Optional.<AnnouncementParser.ObjectLinks>empty();
        if (request.getPayloadSize() > 0) {
            checkFormat(request);
            links = Optional.of(AnnouncementParser.links(request.getPayload()));
        }
        var after = AnnouncementParser.updated(before, parameters, links);
        long lifetime =
                parameters.lifetime().isPresent()
                        ? meant(parameters.lifetime().getAsLong(), after)
                        : registration.lifetime();
        boolean changed =
                lifetime != registration.lifetime()
                        || !after.equals(before)
                        || !registration.address().equals(sender.address());
        if (changed) {
            acceptsNew(registration.endpoint());
            var committed = registry.update(registration, sender.address(), lifetime, after);
            presence.heard(registration);
            answerAfter(
                    committed,
                    exchange,
                    new Response(ResponseCode.CHANGED),
                    () -> updated(registration, true));
        } else {
            registry.refresh(registration);
            presence.heard(registration);
            exchange.sendResponse(new Response(ResponseCode.CHANGED));
            updated(registration, false);
        }
    }

    private void updated(Registration registration, boolean changed) {
        if (changed || !lanes.isFull(registration.endpoint())) {
            lanes.run(
                    registration.endpoint(),
                    () -> listener.updated(registration.facts(List.of()), changed));
        }
        presence.announce(registration);
    }

    void deregister(Exchange exchange, String id) {
        var registration = own(Sender.of(exchange.getRequest()), id);
        var facts = registration.facts(List.of());
        answerAfter(
                registry.remove(registration),
                exchange,
                new Response(ResponseCode.DELETED),
                () -> lanes.run(registration.endpoint(), () -> listener.deregistered(facts)));
    }
}
