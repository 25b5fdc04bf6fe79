package org.omtpdm.server.lwm2m;

import java.util.List;
import java.util.Optional;

/** Finds streamed content for devices that fetch it. */
@FunctionalInterface
public interface StreamedSource {

    /**
     * Called for each block, so it answers from memory or a cache.
     *
     * @param path the segments after the one this source serves
     * @param identity the DTLS identity of who asks, empty without DTLS
     * @return empty for 4.04
     */
    Optional<StreamedContent> find(List<String> path, Optional<String> identity);
}
