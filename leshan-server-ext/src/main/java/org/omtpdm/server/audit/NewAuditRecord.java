package org.omtpdm.server.audit;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody did.
 *
 * @param action noun and verb, for example {@code process.terminate}
 * @param subject what it was done to, in words; empty when there is only a device
 * @param reason what the person gave as reason
 * @param details facts; never a secret
 * @param result {@code done}, or why not
 */
public record NewAuditRecord(
        String action,
        Optional<String> subject,
        Optional<String> deviceId,
        Optional<String> reason,
        Map<String, Object> details,
        String result) {

    public NewAuditRecord {
        if (!action.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("Not an action: '" + action + "'");
        }
        details = Map.copyOf(details);
    }

    public static NewAuditRecord done(String action, String subject) {
        return new NewAuditRecord(
                action, Optional.of(subject), Optional.empty(), Optional.empty(), Map.of(), "done");
    }

    public NewAuditRecord onDevice(String device) {
        return new NewAuditRecord(action, subject, Optional.of(device), reason, details, result);
    }

    public NewAuditRecord because(String why) {
        return new NewAuditRecord(action, subject, deviceId, Optional.of(why), details, result);
    }

    public NewAuditRecord with(Map<String, Object> facts) {
        return new NewAuditRecord(action, subject, deviceId, reason, facts, result);
    }

    public NewAuditRecord ended(String how) {
        return new NewAuditRecord(action, subject, deviceId, reason, details, how);
    }
}
