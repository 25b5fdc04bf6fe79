package org.omtpdm.server.commands;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.commands.DeviceOperation.Report;
import org.omtpdm.server.commands.DeviceOperation.Seen;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.reconcile.DeviceWords;

/** Reads the operation block of an object: in one request, or in several where that is refused. */
final class OperationBlock {

    private final Performance performance;
    private final ResourcePath state;
    private final ResourcePath result;
    private final ResourcePath token;
    private final ResourcePath detail;

    OperationBlock(Performance performance, int objectId) {
        this.performance = performance;
        this.state = ResourcePath.of(objectId, 0, OperationResources.OPERATION_STATE);
        this.result = ResourcePath.of(objectId, 0, OperationResources.OPERATION_RESULT);
        this.token = ResourcePath.of(objectId, 0, OperationResources.OPERATION_TOKEN);
        this.detail = ResourcePath.of(objectId, 0, OperationResources.OPERATION_DETAIL);
    }

    CompletableFuture<Seen> look() {
        return performance
                .send(new DeviceRequest.ReadComposite(List.of(state, result, token, detail)))
                .thenCompose(
                        reply ->
                                reply instanceof DeviceReply.Refused
                                                || number(reply, state).isEmpty()
                                                        && reply instanceof DeviceReply.Answered
                                        ? oneByOne()
                                        : CompletableFuture.completedFuture(
                                                seen(reply, reply, reply)));
    }

    private CompletableFuture<Seen> oneByOne() {
        return performance
                .send(new DeviceRequest.Read(state))
                .thenCompose(
                        stateReply ->
                                performance
                                        .send(new DeviceRequest.Read(result))
                                        .thenCompose(
                                                resultReply ->
                                                        performance
                                                                .send(new DeviceRequest.Read(token))
                                                                .thenApply(
                                                                        tokenReply ->
                                                                                seen(
                                                                                        stateReply,
                                                                                        resultReply,
                                                                                        tokenReply))));
    }

    private Seen seen(
            DeviceReply<Reading> stateReply,
            DeviceReply<Reading> resultReply,
            DeviceReply<Reading> tokenReply) {
        requireAnswer(stateReply);
        requireAnswer(resultReply);
        if (!(tokenReply instanceof DeviceReply.Refused)) {
            requireAnswer(tokenReply);
        }
        var code = number(stateReply, state);
        var known =
                code.isPresent()
                        ? OperationState.forCode(code.getAsLong())
                        : Optional.<OperationState>empty();
        if (known.isEmpty()) {
            throw new EndedException(
                    new Outcome.Unknown("The device reports a state that we do not know"));
        }
        return new Seen(
                number(tokenReply, token),
                new Report(
                        known.get(),
                        number(resultReply, result).orElse(0),
                        text(stateReply, detail)));
    }

    private static void requireAnswer(DeviceReply<Reading> reply) {
        if (!(reply instanceof DeviceReply.Answered)) {
            throw new EndedException(Outcome.of(reply));
        }
    }

    static OptionalLong number(DeviceReply<Reading> reply, ResourcePath path) {
        return value(reply, path).map(ResourceValue::asLong).orElse(OptionalLong.empty());
    }

    private static String text(DeviceReply<Reading> reply, ResourcePath path) {
        return value(reply, path)
                .filter(value -> value instanceof ResourceValue.Text)
                .map(value -> DeviceWords.clean(value.toString()))
                .orElse("");
    }

    private static Optional<ResourceValue> value(DeviceReply<Reading> reply, ResourcePath path) {
        return reply instanceof DeviceReply.Answered<Reading> answered
                ? answered.value().value(path)
                : Optional.empty();
    }
}
