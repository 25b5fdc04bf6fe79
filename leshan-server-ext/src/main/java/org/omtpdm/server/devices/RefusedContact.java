package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.Optional;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;

/**
 * A handshake or registration that was refused, once or many times from the same host with the same
 * claims.
 *
 * @param at the latest time
 * @param firstAt the first time
 * @param count how often
 * @param address IP address and port of the latest
 * @param endpoint as claimed, empty when unknown
 * @param identity PSK identity as claimed, empty when unknown
 * @param detail what was found, in a sentence
 * @param deviceId the device it claims to be, where there is one
 */
public record RefusedContact(
        String id,
        Instant at,
        Instant firstAt,
        long count,
        String address,
        String endpoint,
        String identity,
        RefusalReason reason,
        String detail,
        Optional<String> deviceId) {

    /** IP address of the latest. */
    public String host() {
        return host(address);
    }

    /** The address without its port, which differs with every attempt. */
    static String host(String address) {
        var port = address.lastIndexOf(':');
        return port > 0 && address.indexOf(':') == port || address.indexOf("]:") > 0
                ? address.substring(0, port)
                : address;
    }

    /** What to call the one who was refused. */
    public String claimedName() {
        if (!endpoint.isEmpty()) {
            return endpoint;
        }
        return identity.isEmpty() ? address : identity;
    }

    /** What would work. */
    public String suggestion() {
        return switch (reason) {
            case UNKNOWN_IDENTITY ->
                    "Add this device with this identity, or correct the identity on the device.";
            case WRONG_KEY ->
                    "The identity is known but the keys differ: set a new key under Admin,"
                            + " Credentials, and the same key on the device.";
            case ENDPOINT_MISMATCH ->
                    "The key belongs to another endpoint: register under that endpoint, or give"
                            + " this device credentials of its own.";
            case SECURITY_REQUIRED ->
                    "Connect with DTLS to the server's coaps address; the device's credentials are"
                            + " under Admin, Credentials.";
            case BAD_REGISTRATION ->
                    "Compare what the device sends to /rd with the connection guide; the sentence"
                            + " above names what could not be read.";
            case VERSION_NOT_SUPPORTED ->
                    "Have the device register with LwM2M 1.0 or 1.1; any later 1.x is taken as"
                            + " 1.1.";
            case OTHER -> "Look at the device's own log, and at the sentence above.";
        };
    }

    /** Whether adding a device with these claims would let it in. */
    public boolean isAddable() {
        return reason == RefusalReason.UNKNOWN_IDENTITY
                && deviceId.isEmpty()
                && !identity.isEmpty();
    }
}
