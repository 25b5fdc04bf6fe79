package org.omtpdm.server.devices;

import java.util.List;

/** Counts of the devices that match a filter, the most frequent values first. */
public record DeviceFacets(
        long total,
        List<FacetCount> state,
        List<FacetCount> firmware,
        List<FacetCount> model,
        List<FacetCount> manufacturer) {}
