package org.omtpdm.server.lwm2m.codec;

/**
 * One resolved SenML record.
 *
 * @param name base name and name, joined
 * @param time seconds since the epoch, or relative to now below 2^28, or null when the record has
 *     none
 * @param value as {@link Scalars#fromTyped} takes it, or null when the record has none
 * @see "RFC 8428 §4"
 */
record SenmlRecord(String name, Double time, Object value) {}
