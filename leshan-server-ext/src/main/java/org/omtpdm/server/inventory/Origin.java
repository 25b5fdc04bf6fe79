package org.omtpdm.server.inventory;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the server learnt a value. */
public enum Origin {
    /** Answer to a Read of ours. */
    READ,
    /** Notification of an observation. */
    NOTIFIED,
    /** Sent by the device on its own. */
    SENT,
    /** Written by us, not confirmed by the device since. */
    ASSUMED,
    /** Told with the registration. */
    REGISTRATION;

    /** The word of the API. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Origin of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
