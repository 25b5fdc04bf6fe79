package org.omtpdm.client.lwm2m;

/** The line between a device and the network; virtual devices have bad ones. Thread-safe. */
public interface Link {

    /** A line that loses nothing. */
    Link PERFECT =
            new Link() {
                @Override
                public boolean letsIn() {
                    return true;
                }

                @Override
                public boolean letsOut() {
                    return true;
                }
            };

    /** Whether the next datagram that arrives gets through. */
    boolean letsIn();

    /** Whether the next datagram that is sent gets through. */
    boolean letsOut();
}
