package org.omtpdm.server.attention;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that needs a person: {@code AttentionItem} of {@code openapi.yaml}. The same cause on
 * the same subject is one item that counts.
 *
 * @param severity {@code attention} or {@code failed}
 * @param deviceName filled where the item is shown
 * @param subject what it is about when it is no device
 * @param link console path that helps
 * @param causeAt when the cause came up; a later cause opens a resolved item again
 * @param by who acknowledged, snoozed or resolved it
 */
public record AttentionItem(
        String id,
        AttentionRule rule,
        String severity,
        String title,
        Optional<String> detail,
        Optional<String> deviceId,
        Optional<String> deviceName,
        Optional<String> subject,
        Optional<String> link,
        AttentionState state,
        Instant firstAt,
        Instant lastAt,
        long count,
        Optional<String> by,
        Optional<String> note,
        Optional<Instant> until,
        @JsonIgnore String key,
        @JsonIgnore Instant causeAt) {

    AttentionItem named(Optional<String> name) {
        return new AttentionItem(
                id, rule, severity, title, detail, deviceId, name, subject, link, state, firstAt,
                lastAt, count, by, note, until, key, causeAt);
    }
}
