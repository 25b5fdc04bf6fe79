package org.omtpdm.server.lwm2m;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.codec.PayloadDecoder;
import org.omtpdm.server.lwm2m.codec.UndecodableException;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * What devices send without being asked.
 *
 * @see "LwM2M Core 1.1.1 §6.4.6"
 */
final class SendDesk {
    private final Registry registry;
    private final CredentialSource credentials;
    private final PayloadDecoder decoder;
    private final DeviceClocks clocks;
    private final Presence presence;
    private final ListenerLanes lanes;
    private final DeviceListener listener;
    private final Clock clock;

    SendDesk(
            Registry registry,
            CredentialSource credentials,
            PayloadDecoder decoder,
            DeviceClocks clocks,
            Presence presence,
            ListenerLanes lanes,
            DeviceListener listener,
            Clock clock) {
        this.registry = registry;
        this.credentials = credentials;
        this.decoder = decoder;
        this.clocks = clocks;
        this.presence = presence;
        this.lanes = lanes;
        this.listener = listener;
        this.clock = clock;
    }

    void received(Exchange exchange) {
        var request = exchange.getRequest();
        var sender = Sender.of(request);
        var registration = registration(sender);
        var endpoint = registration.endpoint();
        if (lanes.isFull(endpoint)) {
            throw new RefusedRequest(
                    ResponseCode.SERVICE_UNAVAILABLE, "too much to do, try again soon");
        }
        var readings =
                clocks.plausible(registration, decode(request, registration), clock.instant());
        for (var reading : readings) {
            for (var path : reading.values().keySet()) {
                requireAnnounced(registration, path);
            }
        }
        registry.heard(registration, sender.address());
        presence.heard(registration);
        exchange.sendResponse(new Response(ResponseCode.CHANGED));
        presence.announce(registration);
        for (var reading : readings) {
            lanes.run(endpoint, () -> listener.sent(endpoint, reading));
        }
    }

    private Registration registration(Sender sender) {
        var found =
                sender.identity().isEmpty()
                        ? registry.unsecuredAt(sender.address())
                        : sender.identity()
                                .flatMap(credentials::byIdentity)
                                .map(CredentialSource.PskCredential::endpoint)
                                .flatMap(registry::byEndpoint)
                                .filter(each -> each.identity().equals(sender.identity()));
        return found.orElseThrow(
                () -> new RefusedRequest(ResponseCode.NOT_FOUND, "register first"));
    }

    private List<Reading> decode(Request request, Registration registration) {
        var options = request.getOptions();
        var format =
                options.hasContentFormat()
                        ? Format.of(options.getContentFormat())
                        : looks(request.getPayload());
        if (format.isEmpty() || !format.get().isSenml()) {
            throw new RefusedRequest(
                    ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "SenML CBOR (112) or JSON (110)");
        }
        try {
            return decoder.decode(
                    format.get(),
                    request.getPayload(),
                    ResourcePath.ROOT,
                    registration.announcement()::versionOf,
                    clock.instant());
        } catch (UndecodableException e) {
            throw RefusedRequest.bad("the payload could not be read: " + e.getMessage());
        }
    }

    private static Optional<Format> looks(byte[] payload) {
        if (payload.length == 0) {
            return Optional.empty();
        }
        return Optional.of(payload[0] == '[' ? Format.SENML_JSON : Format.SENML_CBOR);
    }

    /** 4.04 as the specification says; an instance that came since the registration is taken. */
    private static void requireAnnounced(Registration registration, ResourcePath path) {
        if (!registration.announcement().announces(path.ids().get(0))) {
            throw new RefusedRequest(
                    ResponseCode.NOT_FOUND, "object " + path.ids().get(0) + " is not registered");
        }
    }
}
