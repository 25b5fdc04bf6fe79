package org.omtpdm.server.audit;

import static org.omtpdm.server.security.Permission.AUDIT;
import static org.omtpdm.server.security.Permission.AUDIT_OWN;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.store.Page;

/** Reading, verifying and exporting the audit. */
public final class AuditRoutes {

    private static final String AUDIT_PATH = "/api/v1/audit";
    private static final int EXPORT_AT_ONCE = 500;

    private final AuditStore store;
    private final Function<Collection<String>, Map<String, String>> deviceNames;

    /**
     * @param deviceNames names of devices by id
     */
    public AuditRoutes(
            AuditStore store, Function<Collection<String>, Map<String, String>> deviceNames) {
        this.store = store;
        this.deviceNames = deviceNames;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.get(AUDIT_PATH, AUDIT_OWN, this::list);
        router.post(AUDIT_PATH + "/verify", AUDIT, request -> Response.ok(store.verify()));
        router.get(AUDIT_PATH + "/export", AUDIT, this::export);
    }

    /** {@code AuditRecord} of {@code openapi.yaml}. */
    private record RecordView(
            long number,
            Instant at,
            String actor,
            String action,
            Optional<String> subject,
            Optional<String> deviceId,
            Optional<String> deviceName,
            Optional<String> reason,
            Map<String, Object> details,
            String result,
            String hash) {}

    private Response list(Request request) {
        var caller = request.caller();
        var actor = caller.may(AUDIT) ? request.query("actor") : Optional.of(caller.name());
        var page =
                store.page(actor, request.query("action"), request.query("device"), request.page());
        return Response.ok(new Page<>(views(page.items()), page.total(), page.nextCursor()));
    }

    private List<RecordView> views(List<AuditRecord> records) {
        var ids =
                records.stream()
                        .map(AuditRecord::deviceId)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        var names = ids.isEmpty() ? Map.<String, String>of() : deviceNames.apply(ids);
        return records.stream()
                .map(
                        record ->
                                new RecordView(
                                        record.number(),
                                        record.at(),
                                        record.actor(),
                                        record.action(),
                                        record.subject(),
                                        record.deviceId(),
                                        record.deviceId().map(names::get),
                                        record.reason(),
                                        record.details(),
                                        record.result(),
                                        record.hash()))
                .toList();
    }

    /** Piece by piece, so that a slow reader holds no connection of the database. */
    private Response export(Request request) {
        return Response.stream(
                        "application/x-ndjson",
                        out -> {
                            var after = 0L;
                            for (var page = store.after(after, EXPORT_AT_ONCE);
                                    !page.isEmpty();
                                    page = store.after(after, EXPORT_AT_ONCE)) {
                                for (var record : page) {
                                    var line = AuditChain.line(record) + "\n";
                                    out.write(line.getBytes(StandardCharsets.UTF_8));
                                    after = record.number();
                                }
                                out.flush();
                            }
                        })
                .withHeader("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
    }
}
