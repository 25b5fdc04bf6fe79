package org.omtpdm.client;

import java.time.Duration;

/**
 * Sleep between contacts (LwM2M queue mode).
 *
 * @param wakeEvery the device sends an Update at least so often, 1 s or more
 * @param awake and hears for so long after the last message, 1 s or more
 */
public record QueueMode(Duration wakeEvery, Duration awake) {

    /** What the specification suggests to stay awake: MAX_TRANSMIT_WAIT of CoAP. */
    public static final Duration DEFAULT_AWAKE = Duration.ofSeconds(93);

    public QueueMode {
        if (wakeEvery.getSeconds() < 1 || awake.getSeconds() < 1) {
            throw new IllegalArgumentException(
                    "Queue mode: wake every "
                            + wakeEvery
                            + ", awake for "
                            + awake
                            + ", expected 1 s or more each");
        }
    }
}
