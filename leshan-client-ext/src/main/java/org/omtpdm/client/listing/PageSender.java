package org.omtpdm.client.listing;

import java.util.List;

/** Delivers pages to a server by Send. */
public interface PageSender {

    /** Whether this server takes Sends now (not muted, LwM2M 1.1). */
    boolean maySend(int shortServerId);

    /**
     * Sends pages one after the other, as instances of Page (resource 21), and waits until the
     * server has taken them.
     *
     * @return false when it didn't take one; the rest is not sent then
     */
    boolean send(int shortServerId, int objectId, int instanceId, List<byte[]> pages);

    /** For devices that don't send. */
    PageSender NONE =
            new PageSender() {
                @Override
                public boolean maySend(int shortServerId) {
                    return false;
                }

                @Override
                public boolean send(
                        int shortServerId, int objectId, int instanceId, List<byte[]> pages) {
                    return false;
                }
            };
}
