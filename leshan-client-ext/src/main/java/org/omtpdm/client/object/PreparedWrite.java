package org.omtpdm.client.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write that was checked and can no longer be refused. First {@link #state} is stored, then
 * {@link #apply} takes effect; several writes become one by {@link #all}, so that a composite write
 * is done wholly or not at all.
 *
 * @param state entries of the state store to set, or to remove where empty
 * @param apply changes memory and tells observers; doesn't throw
 */
public record PreparedWrite(Map<String, Optional<String>> state, Runnable apply) {

    public PreparedWrite {
        state = Map.copyOf(state);
    }

    /** A write that isn't kept over restarts. */
    public static PreparedWrite inMemory(Runnable apply) {
        return new PreparedWrite(Map.of(), apply);
    }

    /** A write that is kept as one entry of the state store. */
    public static PreparedWrite stored(String key, String value, Runnable apply) {
        return new PreparedWrite(Map.of(key, Optional.of(value)), apply);
    }

    /** All of them as one. */
    public static PreparedWrite all(List<PreparedWrite> writes) {
        Map<String, Optional<String>> state = new LinkedHashMap<>();
        writes.forEach(write -> state.putAll(write.state));
        return new PreparedWrite(state, () -> writes.forEach(write -> write.apply.run()));
    }
}
