package org.omtpdm.server.lwm2m.registry;

import org.omtpdm.objects.ResourcePath;

/**
 * One observation of one device. The order of notifications is kept here, not in the journal.
 *
 * @see "RFC 7641 §3.4"
 */
public final class Observed {
    private final Registration registration;
    private final long token;
    private final ResourcePath path;
    private final int format;
    private int lastNumber = -1;
    private long lastAt;

    Observed(Registration registration, long token, ResourcePath path, int format) {
        this.registration = registration;
        this.token = token;
        this.path = path;
        this.format = format;
    }

    public Registration registration() {
        return registration;
    }

    public long token() {
        return token;
    }

    public ResourcePath path() {
        return path;
    }

    /** The Accept of the request, -1 for none. */
    public int format() {
        return format;
    }

    /**
     * True when a notification with this number is newer than the last one; then it is the last
     * one.
     */
    public synchronized boolean isNewer(int number, long nowMillis) {
        boolean first = lastNumber < 0;
        boolean newer =
                first
                        || lastNumber < number && number - lastNumber < 1 << 23
                        || lastNumber > number && lastNumber - number > 1 << 23
                        || nowMillis > lastAt + 128_000;
        if (newer) {
            lastNumber = number;
            lastAt = nowMillis;
        }
        return newer;
    }
}
