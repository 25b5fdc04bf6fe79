package org.omtpdm.client.object;

/**
 * Who sends a request.
 *
 * @param shortServerId 1 to 65534 for a server; 0 for the device itself
 */
public record Requester(int shortServerId) {

    /** The device itself: nothing is hidden from it. */
    public static final Requester DEVICE = new Requester(0);

    public Requester {
        if (shortServerId < 0 || shortServerId > 65534) {
            throw new IllegalArgumentException(
                    "Short Server ID " + shortServerId + ", expected 1 to 65534");
        }
    }

    public boolean isDevice() {
        return shortServerId == 0;
    }
}
