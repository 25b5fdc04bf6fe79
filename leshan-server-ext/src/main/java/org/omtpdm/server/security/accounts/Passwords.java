package org.omtpdm.server.security.accounts;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.security.Secrets;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes, one lane (the least that OWASP recommends;
 * some 50 ms on one core). At most two are computed at a time, so that a flood of sign-ins costs
 * neither the memory nor the processor that devices need. Thread-safe.
 */
final class Passwords {

    private static final Argon2Function ARGON2ID =
            Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;

    private final Semaphore computing = new Semaphore(2, true);
    private final String nobody = "a password that nobody has";
    private final Supplier<String> nobodyHash = memoize(() -> hash(nobody));

    /** A hash with its salt and parameters, in the PHC string format. */
    String hash(String password) {
        return compute(
                () ->
                        ARGON2ID.hash(
                                        password.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                        Secrets.randomBytes(SALT_BYTES))
                                .getResult());
    }

    /** Whether this is the password; with the parameters of the hash, which may be older. */
    boolean matches(String password, String hash) {
        return compute(
                () ->
                        Argon2Function.getInstanceFromHash(hash)
                                .check(
                                        password.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                        hash.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** Takes as long as {@link #matches}, for users that don't exist. */
    void matchNobody(String password) {
        matches(password, nobodyHash.get());
    }

    private <T> T compute(Supplier<T> work) {
        try {
            if (!computing.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new ManagementException(
                        ErrorCode.OVERLOADED, "Too many sign-ins at once; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ManagementException(ErrorCode.OVERLOADED, "The server is stopping");
        }
        try {
            return work.get();
        } finally {
            computing.release();
        }
    }

    private static <T> Supplier<T> memoize(Supplier<T> slow) {
        return new Supplier<>() {
            private T value;

            @Override
            public synchronized T get() {
                if (value == null) {
                    value = slow.get();
                }
                return value;
            }
        };
    }
}
