package org.omtpdm.server.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.ResourcePath;

/**
 * Something that has work for devices, decided from the database alone. Thread-safe; called on lane
 * threads.
 */
public interface WorkSource {

    /** Called once before anything else: whatever was under way in an earlier life is not. */
    void begin();

    /**
     * The most urgent work that is due for a reachable device, not yet begun.
     *
     * @param lastHeard when the device was last heard
     * @param before only work of a rank before this one; empty for any
     */
    Optional<Work> next(ManagedDevice device, Instant lastHeard, Optional<Rank> before);

    /** Does what time alone brings about, and names the devices for which work became due. */
    Set<String> due(Instant now);

    /** When {@link #due} has something to do again; later than {@code now}. */
    Optional<Instant> nextDue(Instant now);

    /** Devices that have any open work. */
    Set<String> devices();

    /** Whether the device may have open work; answers from memory, rather too often yes. */
    boolean mayHaveWork(String deviceId);

    /**
     * A device notified a value that is waited for.
     *
     * @return whether work became due
     */
    boolean notified(String deviceId, ResourcePath path);

    /** A device registered anew: what it worked on may have ended. */
    void registeredAnew(String deviceId);

    /** One piece of work for one device. */
    interface Work {

        Rank rank();

        /** Does it within the turn. Never completes exceptionally but with a bug. */
        CompletableFuture<After> run(Turn turn);
    }

    /**
     * What follows a piece of work.
     *
     * @param more whether more may be due at once; {@code false} when the device can't be reached
     * @param again when the source wants to be looked at by the clock
     */
    record After(boolean more, Optional<Instant> again) {
        public static final After MORE = new After(true, Optional.empty());
        public static final After NOTHING = new After(false, Optional.empty());
    }
}
