package org.omtpdm.server.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record of the chain.
 *
 * @param number 1, 2, 3 … without gaps
 * @param previous the hash of the record before, {@link AuditChain#START} for the first
 * @param hash lower-case hex, as {@link AuditChain#hash} computes it
 */
public record AuditRecord(
        long number,
        Instant at,
        String actor,
        String action,
        Optional<String> subject,
        Optional<String> deviceId,
        Optional<String> reason,
        Map<String, Object> details,
        String result,
        String previous,
        String hash) {

    AuditRecord withHash(String computed) {
        return new AuditRecord(
                number, at, actor, action, subject, deviceId, reason, details, result, previous,
                computed);
    }
}
