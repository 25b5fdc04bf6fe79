package org.omtpdm.client.device;

/** Restarts the device, or what stands for it. */
@FunctionalInterface
public interface Restart {

    /** Begins a restart and returns at once, so that the request can still be answered. */
    void begin();
}
