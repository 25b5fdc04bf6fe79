package org.omtpdm.server.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the lane and the commands need to know of a device.
 *
 * @param id our id
 * @param endpoint endpoint client name
 * @param name display name, the endpoint while none was given
 * @param objects ids of the objects it announced last; empty while it was never seen
 * @param everSeen whether it ever registered
 * @param retired whether its life here has ended: nothing is sent to it any more
 * @param asleep whether it is in queue mode with its awake time over
 * @param nextWakeUp when its next contact is expected, where that is known
 */
public record ManagedDevice(
        String id,
        String endpoint,
        String name,
        Set<Integer> objects,
        boolean everSeen,
        boolean retired,
        boolean asleep,
        Optional<Instant> nextWakeUp) {

    public ManagedDevice {
        objects = Set.copyOf(objects);
    }
}
