package org.omtpdm.server.commands;

/** How far a command has come, for the lane; people see {@link CommandState}. */
enum Phase {
    /** Nothing was sent that matters. */
    QUEUED,
    /** Being done; nothing was sent that matters, so a crash puts it back to QUEUED. */
    CLAIMED,
    /** Its operation was or may have been sent: the device is asked before anything else. */
    INTENDED,
    /** The device works on it; looked at when it notifies, or after a while. */
    PARKED,
    ENDED;

    /** Whether the operation was or may have been sent and its outcome is open. */
    boolean isCommitted() {
        return this == INTENDED || this == PARKED;
    }
}
