package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.omtpdm.server.security.Caller;

/** Which devices somebody means, and may mean. Thread-safe. */
public interface DeviceSelection {

    /**
     * Ids of the devices in the caller's scope that a filter gives now, in no particular order.
     *
     * @param filter as {@code DeviceFilter} of {@code openapi.yaml}
     * @throws org.omtpdm.server.api.ManagementException {@code BAD_REQUEST} when it is no such
     *     filter
     */
    List<String> matching(Caller caller, JsonNode filter);

    /** Those of the ids that are devices in the caller's scope. */
    Set<String> visible(Caller caller, Collection<String> deviceIds);
}
