package org.omtpdm.client.state;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent must still know after a restart or a power cut: small texts by key. Thread-safe.
 *
 * <p>Keys are made of letters, digits, {@code . - /}; values are any text without a limit of form,
 * but small.
 */
public interface StateStore {

    Optional<String> get(String key);

    /** All entries whose key begins so. */
    Map<String, String> startingWith(String prefix);

    /**
     * Sets the entries that have a value and removes the others, all together or none. When this
     * returns they survive a power cut.
     *
     * @throws IOException when they couldn't be stored; then nothing has changed
     */
    void write(Map<String, Optional<String>> changes) throws IOException;

    /** Sets one entry. */
    default void put(String key, String value) throws IOException {
        write(Map.of(key, Optional.of(value)));
    }
}
