package org.omtpdm.server.security.accounts;

import java.time.Duration;

/**
 * How long sessions last.
 *
 * @param idle ends after so long without a request, 1 min to 30 d
 * @param lifetime ends so long after the sign-in in any case; not shorter than {@code idle}
 */
public record SessionConfig(Duration idle, Duration lifetime) {

    public static final SessionConfig DEFAULT =
            new SessionConfig(Duration.ofHours(2), Duration.ofHours(12));

    public SessionConfig {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "security.session-idle: " + idle + ", expected 1m to 30d");
        }
        if (lifetime.compareTo(idle) < 0 || lifetime.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException(
                    "security.session-lifetime: "
                            + lifetime
                            + ", expected security.session-idle to 90d");
        }
    }
}
