package org.omtpdm.client.file;

import java.time.Instant;

/** Keeps odd values of a file system within what a record can say. */
final class FileFacts {

    private static final long MAXIMUM_SIZE = 1L << 53;
    private static final Instant MINIMUM_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAXIMUM_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private FileFacts() {}

    static long size(FoundFile found) {
        return Math.max(0, Math.min(MAXIMUM_SIZE, found.size()));
    }

    static Instant time(FoundFile found) {
        Instant time = found.modified();
        return time.isBefore(MINIMUM_TIME)
                ? MINIMUM_TIME
                : time.isAfter(MAXIMUM_TIME) ? MAXIMUM_TIME : time;
    }
}
