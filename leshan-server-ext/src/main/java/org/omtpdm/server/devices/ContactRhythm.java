package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;

/**
 * When a device makes contact on its own, learnt from when it did.
 *
 * <p>Only Register, Update and the wake-ups of queue mode count as beats: answers and notifications
 * come when something happens. The learnt interval follows a longer gap at once and a shorter one
 * slowly, so that an irregular device isn't called overdue after one early contact. Before the
 * first two beats, and never beyond, the lifetime is the interval.
 *
 * @param lastBeat the last beat
 * @param learnt the learnt interval, zero while unknown
 * @param expectedAt when the next contact is expected
 * @param interval the interval that counts: learnt, but at most the lifetime
 */
record ContactRhythm(Instant lastBeat, Duration learnt, Instant expectedAt, Duration interval) {

    /** Beats closer together than this belong to the same contact. */
    static final Duration SAME_CONTACT = Duration.ofSeconds(2);

    private static final int FORGETTING = 8;

    /** The first contact ever. */
    static ContactRhythm first(Instant at, Duration lifetime) {
        return new ContactRhythm(at, Duration.ZERO, at.plus(lifetime), lifetime);
    }

    /** After a beat at {@code at} under this lifetime. Beats that come late change nothing. */
    ContactRhythm beat(Instant at, Duration lifetime) {
        if (at.isBefore(lastBeat)) {
            return this;
        }
        var gap = shorter(Duration.between(lastBeat, at), lifetime);
        if (gap.compareTo(SAME_CONTACT) < 0) {
            return at(lastBeat, learnt, lifetime);
        }
        return at(at, follow(gap), lifetime);
    }

    private Duration follow(Duration gap) {
        if (gap.compareTo(learnt) >= 0) {
            return gap;
        }
        return learnt.minus(learnt.minus(gap).dividedBy(FORGETTING));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static ContactRhythm at(Instant beat, Duration learnt, Duration lifetime) {
        var interval = learnt.isZero() || learnt.compareTo(lifetime) > 0 ? lifetime : learnt;
        return new ContactRhythm(beat, learnt, beat.plus(interval), interval);
    }

    /** After a message of another kind: a contact that was due has then taken place. */
    ContactRhythm heard(Instant at) {
        return at.isBefore(expectedAt)
                ? this
                : new ContactRhythm(lastBeat, learnt, at.plus(interval), interval);
    }
}
