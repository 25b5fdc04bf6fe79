package org.omtpdm.server.devices;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/**
 * The one word that says how a device stands, the same on every page, in the API and in {@code dm}.
 *
 * <p>The order of the constants is the order in lists; the position is also what the database
 * computes ({@link PresenceSql}), so it is never changed.
 */
public enum DeviceState {
    /** Registered, not queue mode or within its awake time, heard within its lifetime. */
    ONLINE("Online"),
    /** Registered, queue mode, awake time over, next wake-up not overdue. */
    ASLEEP("Asleep"),
    /** Expected contact missed by more than a quarter of the interval, registration still valid. */
    OVERDUE("Overdue"),
    /** Registration expired or withdrawn. */
    SILENT("Silent"),
    /** Announced, never registered. */
    NEVER_SEEN("Never seen"),
    /** Nothing valid stands, and the last thing heard was a contact we refused. */
    REFUSED("Refused"),
    /** Managed, but raises no attention and isn't counted. */
    OUT_OF_SERVICE("Out of service"),
    /** Credentials revoked, history kept. */
    RETIRED("Retired");

    private final String word;

    DeviceState(String word) {
        this.word = word;
    }

    /** The state of a word, exactly as written. */
    public static Optional<DeviceState> find(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static DeviceState of(String word) {
        return find(word)
                .orElseThrow(() -> new IllegalArgumentException("Not a device state: " + word));
    }

    /** The word, as people and the API say it. */
    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
