package org.omtpdm.server.reconcile;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;

/**
 * A device's turn in the lane: while it lasts, nobody else talks to the device. Its futures
 * complete on lane threads, where reading and writing the database is allowed and waiting for a
 * device isn't. One request at a time.
 */
public interface Turn {

    ManagedDevice device();

    Instant now();

    /**
     * Sends a request that may be repeated without harm: a read, Discover, Observe, or a change
     * that leaves the same state when done twice. After a crash nobody asks whether it happened.
     *
     * <p>The future never completes exceptionally for what a device does or doesn't do.
     */
    CompletableFuture<DeviceReply<Reading>> send(DeviceRequest request);

    /**
     * Lets anything of a higher rank that is due for this device go first; completes when that is
     * over, at once when there is nothing. To be called between the steps of anything long, where
     * nothing of it is in flight. What the device kept for the caller (a listing window, a fetched
     * slice) may be gone afterwards.
     */
    CompletableFuture<Void> giveWay();
}
