package org.omtpdm.server.commands;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.reconcile.Alarm;

/** Rings when the test says what time it is. */
final class ManualAlarm implements Alarm {

    private record Ring(Instant at, Runnable task) {}

    private final List<Ring> rings = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized void at(Instant when, Runnable task) {
        if (!closed) {
            rings.add(new Ring(when, task));
        }
    }

    synchronized Optional<Instant> next() {
        return rings.stream().map(Ring::at).min(Comparator.naturalOrder());
    }

    /** Runs what is due. */
    void ring(Instant now) {
        List<Ring> due;
        synchronized (this) {
            due = rings.stream().filter(ring -> !ring.at().isAfter(now)).toList();
            rings.removeAll(due);
        }
        due.forEach(ring -> ring.task().run());
    }

    @Override
    public synchronized void close() {
        closed = true;
        rings.clear();
    }
}
