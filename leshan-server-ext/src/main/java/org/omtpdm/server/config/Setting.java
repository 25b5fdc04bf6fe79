package org.omtpdm.server.config;

/**
 * One setting as it counts.
 *
 * @param key full name, for example {@code http.port}
 * @param value as text; secrets are hidden
 * @param origin where it comes from, in words
 */
public record Setting(String key, String value, String origin) {}
