package org.omtpdm.server.security.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.security.Secrets;

/**
 * Slows down guessing: after 10 failed sign-ins within 10 minutes, an account or an address may try
 * once per 30 s. An attempt counts as failed until it succeeds, so that many at once gain nothing.
 * Remembers a bounded number of accounts and addresses, in memory. Thread-safe.
 */
final class SignInThrottle {

    static final int FREE_FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int REMEMBERED = 20_000;

    private final Clock clock;
    private final Map<String, Deque<Instant>> failures =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins an attempt, which counts as failed until {@link #succeeded}.
     *
     * @return empty when it may go on; otherwise how long to wait, and then nothing was counted
     */
    synchronized Optional<Duration> begin(String account, String address) {
        var now = clock.instant();
        var keys = List.of(accountKey(account), addressKey(address));
        var wait = Duration.ZERO;
        for (var key : keys) {
            var own = waitOf(key, now);
            wait = own.compareTo(wait) > 0 ? own : wait;
        }
        if (!wait.isZero()) {
            return Optional.of(wait);
        }
        for (var key : keys) {
            var attempts = failures.computeIfAbsent(key, unused -> new ArrayDeque<>());
            attempts.addLast(now);
            if (attempts.size() > FREE_FAILURES + 1) {
                attempts.removeFirst();
            }
        }
        return Optional.empty();
    }

    /** The last attempt was right: the account starts anew, the address isn't charged for it. */
    synchronized void succeeded(String account, String address) {
        failures.remove(accountKey(account));
        var attempts = failures.get(addressKey(address));
        if (attempts != null) {
            attempts.pollLast();
            if (attempts.isEmpty()) {
                failures.remove(addressKey(address));
            }
        }
    }

    private Duration waitOf(String key, Instant now) {
        var attempts = failures.get(key);
        if (attempts == null) {
            return Duration.ZERO;
        }
        attempts.removeIf(at -> at.isBefore(now.minus(WINDOW)));
        if (attempts.size() < FREE_FAILURES) {
            return Duration.ZERO;
        }
        var left = Duration.between(now, attempts.getLast().plus(PAUSE));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static String accountKey(String account) {
        // a hash, since a name that was only tried may be long
        return "account " + Secrets.hash(account);
    }

    /** IPv6 hosts own a /64, and could use each of its addresses. */
    private static String addressKey(String address) {
        if (!address.contains(":")) {
            return "address " + address;
        }
        try {
            var bytes = java.net.InetAddress.getByName(address).getAddress();
            if (bytes.length == 16) {
                return "address "
                        + java.util.HexFormat.of().formatHex(java.util.Arrays.copyOf(bytes, 8));
            }
            return "address " + address;
        } catch (java.net.UnknownHostException e) {
            return "address " + address;
        }
    }
}
