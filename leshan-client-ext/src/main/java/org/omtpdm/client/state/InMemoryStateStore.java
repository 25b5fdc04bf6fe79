package org.omtpdm.client.state;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state store for devices that forget: those in memory only. */
public final class InMemoryStateStore implements StateStore {

    private final SortedMap<String, String> entries = new TreeMap<>();

    @Override
    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public synchronized Map<String, String> startingWith(String prefix) {
        return new TreeMap<>(entries.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    @Override
    public synchronized void write(Map<String, Optional<String>> changes) {
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(
                                text -> entries.put(key, text), () -> entries.remove(key)));
    }
}
