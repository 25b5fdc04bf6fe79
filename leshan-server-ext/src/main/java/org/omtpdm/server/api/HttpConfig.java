package org.omtpdm.server.api;

/**
 * Where the HTTP API listens.
 *
 * @param host address to bind, for example {@code 127.0.0.1}
 * @param port 0 for any free port
 */
public record HttpConfig(String host, int port) {
    public HttpConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("http.host: empty, expected an address");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("http.port: " + port + ", expected 0 to 65535");
        }
    }
}
