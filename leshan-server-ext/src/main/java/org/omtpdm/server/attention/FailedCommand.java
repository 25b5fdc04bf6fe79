package org.omtpdm.server.attention;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.devices.PlainText;
import org.omtpdm.server.events.Event;

/**
 * A command that ended without success. Commands of one job that failed for the same cause are one
 * item; so are single commands of one kind on one device.
 */
record FailedCommand(
        String deviceId,
        String commandId,
        Optional<String> jobId,
        String kind,
        String title,
        String state,
        String cause,
        Instant at) {

    private static final String SEPARATOR = "\n";

    static Optional<FailedCommand> of(Event event) {
        if (!Boolean.TRUE.equals(event.data().get("failed"))) {
            return Optional.empty();
        }
        var data = event.data();
        return Optional.of(
                new FailedCommand(
                        event.deviceId().orElseThrow(),
                        text(data, "commandId"),
                        Optional.of(text(data, "jobId")).filter(id -> !id.isEmpty()),
                        text(data, "kind"),
                        text(data, "title"),
                        text(data, "state"),
                        text(data, "cause"),
                        event.at()));
    }

    static boolean isSuccess(Event event) {
        return "Done".equals(event.data().get("state"));
    }

    /** Whether a command that was done shows that what failed before works now. */
    static boolean isAnswered(String key, Event success) {
        return key.startsWith(
                "device"
                        + SEPARATOR
                        + success.deviceId().orElseThrow()
                        + SEPARATOR
                        + text(success.data(), "kind")
                        + SEPARATOR);
    }

    private static String text(Map<String, Object> data, String name) {
        return data.get(name) instanceof String text ? PlainText.of(text) : "";
    }

    String key() {
        return jobId.map(job -> String.join(SEPARATOR, "job", job, state, cause))
                .orElseGet(() -> String.join(SEPARATOR, "device", deviceId, kind, state, cause));
    }

    Finding finding(String deviceName) {
        return new Finding(
                AttentionRule.COMMAND_FAILED,
                key(),
                jobId.isPresent() ? Optional.empty() : Optional.of(deviceId),
                jobId.isPresent() ? title : "",
                Finding.FAILED,
                title + (jobId.isPresent() ? "" : " on " + deviceName) + ": " + state,
                jobId.isPresent() && !cause.isEmpty()
                        ? cause + "; the latest on " + deviceName
                        : cause,
                jobId.map(job -> "/jobs/" + job).orElse("/devices/" + deviceId + "/commands"),
                at);
    }
}
