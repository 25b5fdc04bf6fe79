package org.omtpdm.server.lwm2m;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;

/**
 * Who sent a message, as far as the transport knows.
 *
 * @param identity the DTLS identity, empty without DTLS
 */
record Sender(InetSocketAddress address, Optional<String> identity) {

    static Sender of(Message message) {
        var context = message.getSourceContext();
        var principal = context.getPeerIdentity();
        return new Sender(
                context.getPeerAddress(),
                principal instanceof PreSharedKeyIdentity psk
                        ? Optional.of(psk.getIdentity())
                        : Optional.empty());
    }
}
