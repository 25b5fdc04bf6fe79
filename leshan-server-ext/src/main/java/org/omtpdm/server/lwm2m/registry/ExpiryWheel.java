package org.omtpdm.server.lwm2m.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds registrations whose lifetime ended without looking at all of them: a ring of slots, one per
 * second. An entry whose end moved is looked at in its old slot once and put where it belongs now,
 * so an Update costs nothing here. Entries link to each other, which costs 12 bytes each.
 * Thread-safe.
 */
final class ExpiryWheel {
    private static final int SLOTS = 4096;

    private final Registration[] heads = new Registration[SLOTS];
    private final long grace;
    private long second;

    /**
     * @param nowMillis time to begin at
     * @param graceUntil nothing ends before this time: while the server was away no Update could
     *     come in
     */
    ExpiryWheel(long nowMillis, long graceUntil) {
        second = nowMillis / 1000;
        grace = graceUntil;
    }

    synchronized void add(Registration registration) {
        if (registration.wheelSlot >= 0) {
            remove(registration);
        }
        long due = end(registration);
        if (due == Long.MAX_VALUE) {
            return;
        }
        long at = Math.min(Math.max(due / 1000 + 1, second + 1), second + SLOTS - 1);
        int slot = (int) (at % SLOTS);
        registration.wheelSlot = (short) slot;
        registration.wheelNext = heads[slot];
        if (heads[slot] != null) {
            heads[slot].wheelPrevious = registration;
        }
        heads[slot] = registration;
    }

    synchronized void remove(Registration registration) {
        int slot = registration.wheelSlot;
        if (slot < 0) {
            return;
        }
        if (registration.wheelPrevious == null) {
            heads[slot] = registration.wheelNext;
        } else {
            registration.wheelPrevious.wheelNext = registration.wheelNext;
        }
        if (registration.wheelNext != null) {
            registration.wheelNext.wheelPrevious = registration.wheelPrevious;
        }
        registration.wheelNext = null;
        registration.wheelPrevious = null;
        registration.wheelSlot = -1;
    }

    /** Takes out what has ended by now. */
    synchronized List<Registration> ended(long nowMillis) {
        long now = nowMillis / 1000;
        long last = Math.min(now, second + SLOTS);
        var due = new ArrayList<Registration>();
        for (long at = second + 1; at <= last; at++) {
            for (var each = heads[(int) (at % SLOTS)]; each != null; each = each.wheelNext) {
                due.add(each);
            }
        }
        due.forEach(this::remove);
        second = Math.max(second, now);
        var ended = new ArrayList<Registration>();
        for (var each : due) {
            if (end(each) <= nowMillis) {
                ended.add(each);
            } else {
                add(each);
            }
        }
        return ended;
    }

    private long end(Registration registration) {
        long end = registration.expiresAt();
        return end == Long.MAX_VALUE ? end : Math.max(end, grace);
    }
}
