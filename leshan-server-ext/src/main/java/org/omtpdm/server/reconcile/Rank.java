package org.omtpdm.server.reconcile;

/** Who goes first when several things are due for one device: the earlier constant. */
public enum Rank {
    /** Responses to an incident. */
    SECURITY_RESPONSE,
    /** Commands whose operator waits at a screen. */
    INTERACTIVE_COMMAND,
    /** All other commands. */
    COMMAND,
    /** Observing and reading what the server wants to know; changes nothing on the device. */
    COLLECTION,
    POLICY,
    CAPABILITIES,
    SETTINGS,
    FIRMWARE,
    SOFTWARE;

    /** Whether this goes before the other. */
    public boolean isBefore(Rank other) {
        return compareTo(other) < 0;
    }
}
