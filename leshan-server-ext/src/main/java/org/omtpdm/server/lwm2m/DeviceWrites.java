package org.omtpdm.server.lwm2m;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.DeviceRequest.Create;
import org.omtpdm.server.lwm2m.Manners.Direction;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.codec.PayloadEncoder;

/**
 * Write, Create, Delete, Execute and Write-Attributes: in another format where one is refused.
 *
 * @see "LwM2M Core 1.1.1 §6.3"
 */
final class DeviceWrites {
    private final Dialogue with;

    DeviceWrites(Dialogue with) {
        this.with = with;
    }

    // ---- writing

    CompletableFuture<DeviceReply<Reading>> write(DeviceRequest.Write write) {
        var path = write.path();
        var code = path.ids().size() >= 3 ? Code.PUT : Code.POST;
        var formats = new LinkedHashSet<Format>();
        if (write.values().get(path) instanceof ResourceValue.Bytes) {
            formats.add(Format.OPAQUE);
        }
        formats.addAll(requestFormats());
        if (path.ids().size() >= 3) {
            formats.add(Format.TEXT);
        }
        var usable =
                formats.stream()
                        .filter(format -> PayloadEncoder.canCarry(format, path, write.values()))
                        .toList();
        return deliver(
                usable,
                0,
                Optional.empty(),
                format -> {
                    var request = with.request(code, path);
                    request.setPayload(PayloadEncoder.encode(format, path, write.values()));
                    return request;
                });
    }

    private List<Format> requestFormats() {
        return with
                .manners()
                .candidates(
                        Direction.REQUEST, with.to().announcement().formats(), with.isVersion10())
                .stream()
                .filter(format -> format != Format.JSON)
                .toList();
    }

    CompletableFuture<DeviceReply<Reading>> create(Create create) {
        boolean deviceChooses = create.path().ids().size() == 1;
        var object = ResourcePath.of(create.path().ids().get(0));
        var formats = deviceChooses ? List.of(Format.TLV) : requestFormats();
        return deliver(
                formats,
                0,
                Optional.empty(),
                format -> {
                    var request = with.request(Code.POST, object);
                    request.setPayload(
                            deviceChooses
                                    ? PayloadEncoder.encodeNewInstance(create.values())
                                    : PayloadEncoder.encode(format, object, create.values()));
                    return request;
                });
    }

    /**
     * @param firstRefusal a 4.00 to a format that never worked before: the next format is tried,
     *     and when that is refused as well, this is the answer
     */
    private CompletableFuture<DeviceReply<Reading>> deliver(
            List<Format> formats,
            int index,
            Optional<DeviceReply<Reading>> firstRefusal,
            java.util.function.Function<Format, Request> build) {
        var format = formats.get(index);
        var request = build.apply(format);
        request.getOptions().setContentFormat(format.code());
        boolean proved = with.manners().worked(Direction.REQUEST).equals(Optional.of(format));
        boolean more = index + 1 < formats.size();
        return with.exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return Dialogue.now(with.without(outcome));
                            }
                            if (response.isSuccess()) {
                                if (format.isStructured()) {
                                    with.learn(m -> m.working(Direction.REQUEST, format));
                                }
                                return Dialogue.now(with.nothing());
                            }
                            var code = response.getCode();
                            boolean refusesFormat =
                                    Dialogue.isFormatRefusal(response)
                                            || code == ResponseCode.NOT_IMPLEMENTED;
                            if (refusesFormat && format.isStructured()) {
                                with.learn(m -> m.refusing(Direction.REQUEST, format));
                            }
                            if (refusesFormat && more) {
                                return deliver(formats, index + 1, firstRefusal, build);
                            }
                            DeviceReply<Reading> refusal = Answers.refusal(response);
                            boolean maybeFormat =
                                    code == ResponseCode.BAD_REQUEST
                                            && !proved
                                            && firstRefusal.isEmpty()
                                            && with.manners().worked(Direction.REQUEST).isEmpty();
                            return maybeFormat && more
                                    ? deliver(formats, index + 1, Optional.of(refusal), build)
                                    : Dialogue.now(firstRefusal.orElse(refusal));
                        });
    }

    CompletableFuture<DeviceReply<Reading>> plain(DeviceRequest wish) {
        Request request;
        if (wish instanceof DeviceRequest.Execute execute) {
            request = with.request(Code.POST, execute.path());
            if (!execute.arguments().isEmpty()) {
                request.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
                request.setPayload(execute.arguments().getBytes(StandardCharsets.UTF_8));
            }
        } else if (wish instanceof DeviceRequest.WriteAttributes write) {
            request = with.request(Code.PUT, write.path());
            for (var attribute : write.attributes().split("&")) {
                request.getOptions().addUriQuery(attribute);
            }
        } else if (wish instanceof DeviceRequest.Delete delete) {
            request = with.request(Code.DELETE, delete.path());
        } else {
            throw new IllegalArgumentException("Not a request this sender knows: " + wish);
        }
        return with.exchange(request)
                .thenApply(
                        outcome ->
                                outcome.response() == null
                                        ? with.without(outcome)
                                        : outcome.response().isSuccess()
                                                ? with.nothing()
                                                : Answers.refusal(outcome.response()));
    }
}
