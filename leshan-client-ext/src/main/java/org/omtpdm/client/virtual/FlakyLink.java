package org.omtpdm.client.virtual;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.omtpdm.client.lwm2m.Link;

/** A bad line: loses some datagrams, and for some seconds now and then all of them. Thread-safe. */
final class FlakyLink implements Link {

    private static final double LOSS = 0.10;
    private static final long CYCLE = Duration.ofMinutes(3).toNanos();
    private static final long OUTAGE = Duration.ofSeconds(15).toNanos();

    private final Random random;
    private final LongSupplier nanoTime;
    private final long start;

    FlakyLink(long seed, LongSupplier nanoTime) {
        this.random = new Random(seed);
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public boolean letsIn() {
        return passes();
    }

    @Override
    public boolean letsOut() {
        return passes();
    }

    /** The line is fine at first, so that a device can register; the outage ends each cycle. */
    private synchronized boolean passes() {
        boolean isOut = (nanoTime.getAsLong() - start) % CYCLE > CYCLE - OUTAGE;
        return !isOut && random.nextDouble() >= LOSS;
    }
}
