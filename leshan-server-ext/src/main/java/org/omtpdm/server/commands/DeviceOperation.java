package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.DeviceRequest.Execute;
import org.omtpdm.server.lwm2m.Reading;

/**
 * Runs operations of an object that has the operation block (resources 30 to 35): sends the Execute
 * with its correlator (argument 9), and finds out from Operation Token, State and Result what came
 * of it, also after silence or a crash.
 *
 * <p>The futures end with the device's report, or with {@link EndedException} for everything else:
 * refused, busy, silent, still running, not provable.
 *
 * @see "OBJECTS.md C.2, operation block"
 */
public final class DeviceOperation {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final String TOKEN = "token";

    private final int objectId;
    private final int executable;
    private final boolean guarded;
    private final Duration takes;

    /**
     * @param executable resource id of the operation
     * @param guarded whether its arguments name their target so exactly that doing it once more
     *     can't hit another one
     * @param takes how long the device may take for it
     */
    public DeviceOperation(int objectId, int executable, boolean guarded, Duration takes) {
        this.objectId = objectId;
        this.executable = executable;
        this.guarded = guarded;
        this.takes = takes;
    }

    /**
     * How the device says the operation ended.
     *
     * @param result Operation Result, 0 to 255
     * @param detail the device's words, cleaned; empty when it gave none
     */
    public record Report(OperationState state, long result, String detail) {

        public boolean succeeded() {
            return state == OperationState.SUCCEEDED;
        }

        public Optional<OperationResult> known() {
            return OperationResult.forCode(result);
        }
    }

    /** For those who want it, for example {@code /42769/0/31 = 21}. */
    public String code(Report report) {
        return resource(OperationResources.OPERATION_RESULT) + " = " + report.result();
    }

    /** Sends an operation that must not be done twice. The memo is committed with its intent. */
    public CompletableFuture<Report> begin(
            Performance performance, ExecuteArguments arguments, JsonNode memo) {
        return performance
                .act(correlator -> request(arguments, correlator), memo)
                .thenCompose(reply -> afterSending(performance, reply));
    }

    /** Finds out what became of the operation, and sends it again if it did not happen. */
    public CompletableFuture<Report> resume(Performance performance, ExecuteArguments arguments) {
        var observed = resource(OperationResources.OPERATION_STATE);
        return look(performance, objectId)
                .thenCompose(
                        seen ->
                                happened(performance, seen)
                                        ? report(performance, seen, LOOK_AGAIN, Optional.empty())
                                        : performance
                                                .actAgain(c -> request(arguments, c))
                                                .thenCompose(r -> afterSending(performance, r)))
                .thenCompose(
                        report ->
                                performance
                                        .send(new DeviceRequest.CancelObservation(observed))
                                        .thenApply(ignored -> report));
    }

    /**
     * Sends an operation that is harmless to repeat. While the device works on it, the command is
     * parked with the correlator as its memo, and this is called again.
     */
    public CompletableFuture<Report> repeatable(
            Performance performance, ExecuteArguments arguments) {
        var token = performance.memo().map(memo -> memo.path(TOKEN).asLong()).orElse(0L);
        if (token != 0) {
            return look(performance, objectId)
                    .thenCompose(
                            seen ->
                                    seen.shows(token)
                                            ? report(performance, seen, LOOK_AGAIN, memo(token))
                                            : fresh(performance, arguments));
        }
        return fresh(performance, arguments);
    }

    private CompletableFuture<Report> fresh(Performance performance, ExecuteArguments arguments) {
        return performance
                .freshCorrelator()
                .thenCompose(
                        token ->
                                performance
                                        .ask(request(arguments, token))
                                        .thenCompose(answer -> look(performance, objectId))
                                        .thenCompose(
                                                seen ->
                                                        report(
                                                                performance,
                                                                requireOurs(seen, token),
                                                                takes,
                                                                memo(token))));
    }

    private static Seen requireOurs(Seen seen, long token) {
        if (seen.token().isPresent() && !seen.shows(token)) {
            throw new EndedException(
                    new Outcome.Busy("Another server uses the device", Optional.empty()));
        }
        return seen;
    }

    private static Optional<JsonNode> memo(long token) {
        return Optional.of(JsonNodeFactory.instance.objectNode().put(TOKEN, token));
    }

    private Execute request(ExecuteArguments arguments, long correlator) {
        return new Execute(
                resource(executable),
                arguments.with(ExecuteArguments.CORRELATOR, correlator).toString());
    }

    private ResourcePath resource(int id) {
        return ResourcePath.of(objectId, 0, id);
    }

    private CompletableFuture<Report> afterSending(
            Performance performance, DeviceReply<Reading> reply) {
        if (!(reply instanceof DeviceReply.Answered)) {
            throw new EndedException(Outcome.of(reply));
        }
        return look(performance, objectId)
                .thenCompose(
                        seen -> {
                            var ours = performance.correlator();
                            if (seen.token().isPresent() && !seen.token().equals(ours)) {
                                throw new EndedException(
                                        new Outcome.Unknown(
                                                "It was accepted, and then another server's"
                                                        + " operation took its place"));
                            }
                            return report(performance, seen, takes, Optional.empty());
                        });
    }

    /**
     * Whether the intended operation happened. Its token proves it. Another token that is ours, or
     * that nothing ever ran, proves that it didn't. A token of somebody else, or of an operation
     * without one, proves nothing: then only an operation that is guarded may go out again.
     */
    private boolean happened(Performance performance, Seen seen) {
        if (seen.token().isEmpty()) {
            throw new EndedException(
                    new Outcome.Unknown(
                            "It was sent, and the device does not tell which operation it did last"));
        }
        var token = seen.token().getAsLong();
        if (performance.correlator().equals(seen.token())) {
            return true;
        }
        var untouched = seen.report().state() == OperationState.IDLE;
        if (untouched || guarded || performance.isOurs(token)) {
            return false;
        }
        throw new EndedException(
                new Outcome.Unknown(
                        "It was sent, and since then another server's operation ran on the device"));
    }

    private CompletableFuture<Report> report(
            Performance performance, Seen seen, Duration lookAgainAfter, Optional<JsonNode> memo) {
        if (seen.report().state() != OperationState.RUNNING) {
            return CompletableFuture.completedFuture(seen.report());
        }
        var path = resource(OperationResources.OPERATION_STATE);
        return performance
                .send(new DeviceRequest.Observe(path))
                .thenCompose(
                        reply -> {
                            var state = OperationBlock.number(reply, path);
                            if (state.isPresent()
                                    && state.getAsLong() != OperationState.RUNNING.code()) {
                                return look(performance, objectId).thenApply(Seen::report);
                            }
                            throw new EndedException(
                                    new Outcome.Parked(
                                            performance.now().plus(lookAgainAfter),
                                            "The device is working on it",
                                            memo));
                        });
    }

    /** What the operation block of an object shows. */
    static CompletableFuture<Seen> look(Performance performance, int objectId) {
        return new OperationBlock(performance, objectId).look();
    }

    /**
     * @param token empty when the device doesn't tell
     */
    record Seen(OptionalLong token, Report report) {
        boolean shows(long correlator) {
            return token.isPresent() && token.getAsLong() == correlator;
        }
    }
}
