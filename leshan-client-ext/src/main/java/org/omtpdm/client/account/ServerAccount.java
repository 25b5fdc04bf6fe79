package org.omtpdm.client.account;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A server the agent registers to.
 *
 * @param shortServerId 1 to 65534
 * @param uri {@code coaps://host:port} with credentials, or {@code coap://host:port} without
 *     (NoSec)
 * @param lifetime of the registration, 1 s or more; until the server writes another
 */
public record ServerAccount(
        int shortServerId, URI uri, Optional<PskCredentials> psk, Duration lifetime) {

    /** Short Server ID of the only account, where there is one. */
    public static final int FIRST_ID = 1;

    private static final int COAP_PORT = 5683;
    private static final int COAPS_PORT = 5684;

    public ServerAccount {
        if (shortServerId < 1 || shortServerId > 65534) {
            throw new IllegalArgumentException(
                    "Server account: Short Server ID " + shortServerId + ", expected 1 to 65534");
        }
        boolean isSecure = "coaps".equals(uri.getScheme());
        if (!isSecure && !"coap".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "Server '" + uri + "': expected coaps://HOST[:PORT] or coap://HOST[:PORT]");
        }
        if (isSecure != psk.isPresent()) {
            throw new IllegalArgumentException(
                    "Server '"
                            + uri
                            + "': "
                            + (isSecure
                                    ? "coaps needs a PSK identity and key"
                                    : "coap takes no PSK"));
        }
        if (lifetime.getSeconds() < 1 || lifetime.getSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Server '" + uri + "': lifetime " + lifetime + ", expected 1 s or more");
        }
    }

    /** The account {@link #FIRST_ID} over DTLS. */
    public static ServerAccount secured(URI uri, PskCredentials psk, Duration lifetime) {
        return new ServerAccount(FIRST_ID, uri, Optional.of(psk), lifetime);
    }

    public boolean isSecure() {
        return psk.isPresent();
    }

    /** The port, the protocol's own where the URI names none. */
    public int port() {
        return uri.getPort() > 0 ? uri.getPort() : isSecure() ? COAPS_PORT : COAP_PORT;
    }
}
