package org.omtpdm.cli.shell;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;

/**
 * Where the management API is and the token for it.
 *
 * @param url scheme, host and port, without a slash at the end
 */
public record Connection(String url, Optional<String> token) {

    private static final String HERE = "http://127.0.0.1:8080";

    public Connection {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Server address '" + SafeText.of(url) + "': " + e.getMessage());
        }
        if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                || uri.getHost() == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Server address '" + SafeText.of(url) + "': expected for example " + HERE);
        }
    }

    /**
     * Options count most, then {@code OMTPDM_URL} and {@code OMTPDM_TOKEN}, then the demo that runs
     * for this user. A token found in the demo's folder is only ever sent to that demo's address.
     */
    public static Connection find(
            Optional<String> url,
            Optional<String> token,
            Map<String, String> environment,
            ConnectionFile demo) {
        Optional<String> wantedUrl = url.or(() -> text(environment, "OMTPDM_URL"));
        Optional<String> wantedToken = token.or(() -> text(environment, "OMTPDM_TOKEN"));
        if (wantedToken.isPresent()) {
            return new Connection(
                    wantedUrl.or(() -> demo.read().map(Connection::url)).orElse(HERE), wantedToken);
        }
        Optional<Connection> running = demo.read();
        if (wantedUrl.isEmpty()) {
            return running.orElseGet(() -> new Connection(HERE, Optional.empty()));
        }
        Connection wanted = new Connection(wantedUrl.get(), Optional.empty());
        return running.filter(found -> found.url().equals(wanted.url())).orElse(wanted);
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return "Connection[" + url + (token.isPresent() ? ", with token]" : "]");
    }
}
