package org.omtpdm.server.store;

import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers made by us: UUID version 7, so that later ones sort after earlier ones. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEQUENCE_LIMIT = 1 << 12;

    private static long lastMillis;
    private static int sequence;

    private Ids() {}

    /**
     * A new id in lower-case text. Ascending within this process, also within one millisecond and
     * when the clock steps back. Thread-safe.
     *
     * @see "RFC 9562 §5.7 and §6.2 method 1"
     */
    public static String next() {
        long stamp;
        synchronized (Ids.class) {
            var now = System.currentTimeMillis();
            if (now > lastMillis) {
                lastMillis = now;
                sequence = RANDOM.nextInt(SEQUENCE_LIMIT / 2);
            } else if (++sequence == SEQUENCE_LIMIT) {
                lastMillis++;
                sequence = 0;
            }
            stamp = lastMillis << 16 | 0x7000L | sequence;
        }
        var random = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(stamp, random).toString();
    }
}
