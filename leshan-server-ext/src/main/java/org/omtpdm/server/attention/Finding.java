package org.omtpdm.server.attention;

import java.time.Instant;
import java.util.Optional;

/**
 * What a rule found.
 *
 * @param key names the cause and its subject: the same key is the same item
 * @param deviceId the device it is about, where it is about one
 * @param subject what it is about when it is no device; empty otherwise
 * @param severity {@code attention} or {@code failed}
 * @param title one line
 * @param detail one sentence more, may be empty
 * @param link console path that helps
 * @param at when the cause came up; found again with the same time it is no news
 */
record Finding(
        AttentionRule rule,
        String key,
        Optional<String> deviceId,
        String subject,
        String severity,
        String title,
        String detail,
        String link,
        Instant at) {

    static final String ATTENTION = "attention";
    static final String FAILED = "failed";
}
