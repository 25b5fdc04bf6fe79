package org.omtpdm.server.api;

import java.util.List;
import java.util.Locale;

/**
 * Where the HTTP API listens.
 *
 * @param host address to bind, for example {@code 127.0.0.1}
 * @param port 0 for any free port
 * @param allowedHosts names by which browsers reach this server, besides IP addresses and {@code
 *     localhost}; for example {@code dm.example.org} behind a proxy
 * @param secureCookies whether browsers may send the session cookie over HTTPS only
 */
public record HttpConfig(String host, int port, List<String> allowedHosts, boolean secureCookies) {

    public HttpConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("http.host: empty, expected an address");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("http.port: " + port + ", expected 0 to 65535");
        }
        allowedHosts = allowedHosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        for (var name : allowedHosts) {
            if (!name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "http.allowed-hosts: '" + name + "', expected names without a port");
            }
        }
    }

    public static HttpConfig onLoopback(int port) {
        return new HttpConfig("127.0.0.1", port, List.of(), false);
    }
}
