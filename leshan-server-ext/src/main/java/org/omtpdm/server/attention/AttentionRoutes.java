package org.omtpdm.server.attention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Permission;

/** The list of what needs a person, and people's decisions. */
public final class AttentionRoutes {

    private static final int LONGEST_NOTE = 500;

    /** Any of these will do: what needs a person concerns all who act. */
    private static final Set<Permission> DECIDING =
            Set.of(Permission.OPERATE, Permission.RESPOND, Permission.ADMINISTER);

    private static final Map<String, AttentionState> ACTIONS =
            Map.of(
                    "acknowledge", AttentionState.ACKNOWLEDGED,
                    "snooze", AttentionState.SNOOZED,
                    "resolve", AttentionState.RESOLVED,
                    "reopen", AttentionState.OPEN);

    private final AttentionService attention;

    public AttentionRoutes(AttentionService attention) {
        this.attention = attention;
    }

    public void addTo(Router router) {
        router.get("/api/v1/attention", Permission.SEE, this::list);
        router.post("/api/v1/attention/{attentionId}/{action}", Permission.SEE, this::change);
    }

    /** {@code AttentionPage} of {@code openapi.yaml}. */
    record AttentionPage(
            List<AttentionItem> items, long total, Counts counts, Optional<String> nextCursor) {}

    /** Items by state, whatever the filter. */
    record Counts(long open, long acknowledged, long snoozed) {}

    private Response list(Request request) {
        var state =
                request.query("state")
                        .map(
                                word ->
                                        AttentionState.find(word)
                                                .orElseThrow(
                                                        () ->
                                                                bad(
                                                                        "state: expected open,"
                                                                                + " acknowledged,"
                                                                                + " snoozed or"
                                                                                + " resolved")));
        var scope = request.caller().scope();
        var counts = attention.counts(scope);
        try {
            var page = attention.page(state, request.query("device"), request.page(), scope);
            return Response.ok(
                    new AttentionPage(
                            page.items(),
                            page.total().orElseThrow(),
                            new Counts(
                                    counts.getOrDefault(AttentionState.OPEN, 0L),
                                    counts.getOrDefault(AttentionState.ACKNOWLEDGED, 0L),
                                    counts.getOrDefault(AttentionState.SNOOZED, 0L)),
                            page.nextCursor()));
        } catch (IllegalArgumentException e) {
            throw bad("cursor: expected the nextCursor of this list");
        }
    }

    /** A person's words on a decision. */
    record Decision(Optional<String> note, Optional<Instant> until) {
        Decision {
            if (note.filter(text -> text.length() > LONGEST_NOTE).isPresent()) {
                throw new IllegalArgumentException("note: expected at most 500 characters");
            }
        }
    }

    private Response change(Request request) {
        if (DECIDING.stream().noneMatch(request.caller()::may)) {
            throw new ManagementException(
                    ErrorCode.NOT_ALLOWED,
                    "Deciding on attention items is for operators, security officers and admins");
        }
        var state = ACTIONS.get(request.path("action"));
        if (state == null) {
            throw new ManagementException(
                    ErrorCode.NOT_FOUND, "An attention item has no such action");
        }
        var decision =
                request.optionalBody(Decision.class)
                        .orElseGet(() -> new Decision(Optional.empty(), Optional.empty()));
        return Response.ok(
                attention.change(
                        request.caller(),
                        request.path("attentionId"),
                        state,
                        decision.note(),
                        decision.until()));
    }

    private static ManagementException bad(String problem) {
        return new ManagementException(ErrorCode.BAD_REQUEST, "Query parameter " + problem);
    }
}
