package org.omtpdm.client.device;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.omtpdm.objects.DeviceError;

/**
 * Error Code (resource 11 of Device): an error stays listed until a server resets it, and comes
 * back only when its cause went away and came again. Thread-safe.
 */
final class DeviceErrors {

    private final Set<DeviceError> listed = EnumSet.noneOf(DeviceError.class);
    private Set<DeviceError> present = EnumSet.noneOf(DeviceError.class);

    /** What is wrong now; true when the list has another content afterwards. */
    synchronized boolean see(Set<DeviceError> now) {
        Set<DeviceError> fresh = EnumSet.noneOf(DeviceError.class);
        fresh.addAll(now);
        fresh.removeAll(present);
        present = Set.copyOf(now);
        return listed.addAll(fresh);
    }

    synchronized void reset() {
        listed.clear();
    }

    /** Instances of the resource; one with 0 when there is no error. */
    synchronized Map<Integer, Long> codes() {
        if (listed.isEmpty()) {
            return Collections.singletonMap(0, (long) DeviceError.NONE.code());
        }
        Map<Integer, Long> codes = new TreeMap<>();
        listed.forEach(error -> codes.put(codes.size(), (long) error.code()));
        return codes;
    }
}
