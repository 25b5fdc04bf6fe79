package org.omtpdm.server.devices;

/** How many devices have a value; an empty value means that it is unknown. */
public record FacetCount(String value, long count) {}
