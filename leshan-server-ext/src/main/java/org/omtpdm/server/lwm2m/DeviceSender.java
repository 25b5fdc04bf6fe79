package org.omtpdm.server.lwm2m;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.DeviceRequest.Create;
import org.omtpdm.server.lwm2m.Manners.Direction;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.codec.PayloadEncoder;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * One management request to one device, in as many exchanges as it takes to find out what the
 * device understands: another format where one is refused, single reads where a composite one stays
 * unanswered. What was found out is remembered. One object per request; its steps follow each
 * other.
 *
 * @see "LwM2M Core 1.1.1 §6.3 and §6.4"
 */
final class DeviceSender {
    private static final Duration COMPOSITE_AT_MOST = Duration.ofSeconds(15);

    private final CoapExchanges exchanges;
    private final Observations observations;
    private final Registry registry;
    private final Presence presence;
    private final Answers answers;
    private final Registration to;
    private final long deadline;
    private final Duration waitAtMost;

    DeviceSender(
            CoapExchanges exchanges,
            Observations observations,
            Registry registry,
            Presence presence,
            Answers answers,
            Registration to,
            Duration waitAtMost) {
        this.exchanges = exchanges;
        this.observations = observations;
        this.registry = registry;
        this.presence = presence;
        this.answers = answers;
        this.to = to;
        this.waitAtMost = waitAtMost;
        this.deadline = System.nanoTime() + waitAtMost.toNanos();
    }

    CompletableFuture<DeviceReply<Reading>> send(DeviceRequest request) {
        if (request instanceof DeviceRequest.Read read) {
            return read(read.path(), accepts(read.path()), 0);
        }
        if (request instanceof DeviceRequest.ReadBytes read) {
            var formats = new ArrayList<Optional<Format>>();
            formats.add(Optional.of(Format.OPAQUE));
            formats.addAll(accepts(read.path()));
            return read(read.path(), formats, 0);
        }
        if (request instanceof DeviceRequest.ReadComposite read) {
            return readComposite(read.paths());
        }
        if (request instanceof DeviceRequest.Observe observe) {
            return observe(observe.path(), accepts(observe.path()), 0);
        }
        if (request instanceof DeviceRequest.CancelObservation cancel) {
            return cancel(cancel.path());
        }
        if (request instanceof DeviceRequest.Write write) {
            return write(write);
        }
        if (request instanceof Create create) {
            return create(create);
        }
        if (request instanceof DeviceRequest.Discover discover) {
            return discover(discover.path());
        }
        return plain(request);
    }

    private Manners manners() {
        return new Manners(to.manners());
    }

    private void learn(java.util.function.UnaryOperator<Manners> change) {
        registry.learn(to, bits -> change.apply(new Manners(bits)).bits());
    }

    private boolean isVersion10() {
        return to.announcement().understoodVersion().equals("1.0");
    }

    // ---- one exchange

    private Request request(Code code, ResourcePath path) {
        var request = new Request(code, Type.CON);
        Observations.setPath(request, to, path);
        return request;
    }

    private CompletableFuture<CoapExchanges.Outcome> exchange(Request request) {
        return exchange(request, Duration.ofNanos(deadline - System.nanoTime()));
    }

    private CompletableFuture<CoapExchanges.Outcome> exchange(Request request, Duration wait) {
        var atMost = wait.isNegative() || wait.isZero() ? Duration.ofMillis(1) : wait;
        return exchanges
                .send(to, request, atMost)
                .thenApply(
                        outcome -> {
                            if (outcome.response() != null) {
                                var from = outcome.response().getSourceContext();
                                registry.heard(to, from.getPeerAddress());
                                presence.spoke(to);
                            }
                            return outcome;
                        });
    }

    private static <T> CompletableFuture<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private DeviceReply<Reading> without(CoapExchanges.Outcome outcome) {
        return switch (outcome.end()) {
            case SILENT, FAILED, ANSWERED -> {
                presence.unanswered(to);
                yield new DeviceReply.Silent<>(waited());
            }
            case RESET -> new DeviceReply.Refused<>("RST", "the device reset the exchange");
            case UNCONNECTED ->
                    new DeviceReply.NotSent<>("there is no DTLS session and it may not be called");
            case HANDSHAKE_UNANSWERED ->
                    new DeviceReply.NotSent<>("it didn't answer the DTLS handshake");
            case TOO_MANY -> new DeviceReply.NotSent<>("too many requests are in flight");
        };
    }

    /** How long it was waited in truth: less when the device began anew meanwhile. */
    private Duration waited() {
        var left = Math.max(0, deadline - System.nanoTime());
        return Duration.ofSeconds(Math.max(1, waitAtMost.minusNanos(left).toSeconds()));
    }

    private static boolean isFormatRefusal(Response response) {
        var code = response.getCode();
        return code == ResponseCode.NOT_ACCEPTABLE
                || code == ResponseCode.UNSUPPORTED_CONTENT_FORMAT;
    }

    private DeviceReply<Reading> nothing() {
        return new DeviceReply.Answered<>(new Reading(java.time.Instant.now(), Map.of(), false));
    }

    // ---- reading

    private List<Optional<Format>> accepts(ResourcePath path) {
        var accepts = new LinkedHashSet<Optional<Format>>();
        if (manners().takesAccept()) {
            manners()
                    .candidates(Direction.ANSWER, to.announcement().formats(), isVersion10())
                    .forEach(format -> accepts.add(Optional.of(format)));
            if (path.ids().size() >= 3) {
                accepts.add(Optional.of(Format.TEXT));
                accepts.add(Optional.of(Format.OPAQUE));
            }
        }
        accepts.add(Optional.empty());
        return List.copyOf(accepts);
    }

    private CompletableFuture<DeviceReply<Reading>> read(
            ResourcePath path, List<Optional<Format>> accepts, int index) {
        var accept = accepts.get(index);
        var request = request(Code.GET, path);
        accept.ifPresent(format -> request.getOptions().setAccept(format.code()));
        return exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return now(without(outcome));
                            }
                            if (response.isSuccess()) {
                                return now(answered(path, accept, response));
                            }
                            int next = nextAccept(accepts, index, response);
                            return next < 0
                                    ? now(Answers.refusal(response))
                                    : read(path, accepts, next);
                        });
    }

    /** The next Accept to try after this refusal, -1 when the refusal isn't about formats. */
    private int nextAccept(List<Optional<Format>> accepts, int index, Response refusal) {
        var accept = accepts.get(index);
        if (accept.isEmpty()) {
            return -1;
        }
        if (refusal.getCode() == ResponseCode.BAD_OPTION) {
            learn(Manners::withoutAccept);
            return accepts.size() - 1;
        }
        if (!isFormatRefusal(refusal)) {
            return -1;
        }
        if (accept.get().isStructured()) {
            learn(manners -> manners.refusing(Direction.ANSWER, accept.get()));
        }
        return index + 1;
    }

    private DeviceReply<Reading> answered(
            ResourcePath path, Optional<Format> asked, Response response) {
        if (response.getOptions().hasContentFormat()) {
            Format.of(response.getOptions().getContentFormat())
                    .filter(Format::isStructured)
                    .ifPresent(
                            format -> learn(manners -> manners.working(Direction.ANSWER, format)));
        }
        var readings = answers.readings(to, path, asked, response);
        return new DeviceReply.Answered<>(readings.get(readings.size() - 1));
    }

    // ---- composite

    private CompletableFuture<DeviceReply<Reading>> readComposite(List<ResourcePath> paths) {
        var announced = to.announcement().formats();
        boolean announcesNoSenml =
                announced != 0
                        && (announced & (Format.SENML_CBOR.bit() | Format.SENML_JSON.bit())) == 0;
        if (isVersion10() || announcesNoSenml || !manners().doesComposite()) {
            return readEach(paths, 0, new HashMap<>(), Optional.empty());
        }
        var formats =
                manners().candidates(Direction.ANSWER, announced, false).stream()
                        .filter(Format::isSenml)
                        .toList();
        return readComposite(paths, formats, 0);
    }

    private CompletableFuture<DeviceReply<Reading>> readComposite(
            List<ResourcePath> paths, List<Format> formats, int index) {
        if (index == formats.size()) {
            learn(manners -> manners.withoutComposite(false));
            return readEach(paths, 0, new HashMap<>(), Optional.empty());
        }
        var format = formats.get(index);
        var request = new Request(Code.FETCH, Type.CON);
        Observations.setPath(request, to, ResourcePath.ROOT);
        request.getOptions().setContentFormat(format.code()).setAccept(format.code());
        request.setPayload(PayloadEncoder.paths(format, paths));
        var left = Duration.ofNanos(deadline - System.nanoTime());
        var half = left.dividedBy(2);
        var wait =
                manners().provedComposite() || half.compareTo(COMPOSITE_AT_MOST) < 0
                        ? half
                        : COMPOSITE_AT_MOST;
        return exchange(request, wait)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response != null && response.isSuccess()) {
                                learn(
                                        manners ->
                                                manners.withComposite()
                                                        .working(Direction.ANSWER, format));
                                return now(
                                        answered(ResourcePath.ROOT, Optional.of(format), response));
                            }
                            if (response != null && isFormatRefusal(response)) {
                                return readComposite(paths, formats, index + 1);
                            }
                            boolean silent = outcome.end() == CoapExchanges.End.SILENT;
                            boolean refused =
                                    response != null || outcome.end() == CoapExchanges.End.RESET;
                            if (!silent && !refused) {
                                return now(without(outcome));
                            }
                            return readEach(paths, 0, new HashMap<>(), Optional.of(silent));
                        });
    }

    /**
     * @param composite present when a composite read was tried just before: whether it was silent.
     *     Only when the device answers now is it known that composite operations were the reason.
     */
    private CompletableFuture<DeviceReply<Reading>> readEach(
            List<ResourcePath> paths,
            int index,
            Map<ResourcePath, ResourceValue> values,
            Optional<Boolean> composite) {
        if (index == paths.size()) {
            return now(
                    new DeviceReply.Answered<>(
                            new Reading(java.time.Instant.now(), values, false)));
        }
        var path = paths.get(index);
        return read(path, accepts(path), 0)
                .thenCompose(
                        reply -> {
                            boolean answers =
                                    reply.fold(
                                            any -> true, any -> true, any -> false, any -> false);
                            if (!answers) {
                                return now(reply);
                            }
                            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                                values.putAll(answered.value().values());
                                composite
                                        .filter(silent -> !manners().provedComposite())
                                        .ifPresent(
                                                silent -> learn(m -> m.withoutComposite(silent)));
                            }
                            boolean last = index == paths.size() - 1;
                            return last && values.isEmpty()
                                    ? now(reply)
                                    : readEach(paths, index + 1, values, composite);
                        });
    }

    // ---- observing

    private CompletableFuture<DeviceReply<Reading>> observe(
            ResourcePath path, List<Optional<Format>> accepts, int index) {
        var accept = accepts.get(index);
        var before = to.observed(path);
        long token = observations.newToken();
        var request = request(Code.GET, path);
        request.setObserve();
        request.setToken(Observations.token(token));
        accept.ifPresent(format -> request.getOptions().setAccept(format.code()));
        var observed = registry.observing(to, token, path, accept.map(Format::code).orElse(-1));
        return exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response != null && response.isSuccess()) {
                                if (!response.getOptions().hasObserve()) {
                                    registry.forget(observed);
                                    return now(answered(path, accept, response));
                                }
                                observed.isNewer(
                                        response.getOptions().getObserve(),
                                        System.currentTimeMillis());
                                before.ifPresent(old -> cancelSilently(old.token(), path));
                                return registry.keep(observed)
                                        .handle((kept, failed) -> answered(path, accept, response));
                            }
                            registry.forget(observed);
                            if (response == null) {
                                return now(without(outcome));
                            }
                            int next = nextAccept(accepts, index, response);
                            return next < 0
                                    ? now(Answers.refusal(response))
                                    : observe(path, accepts, next);
                        });
    }

    /** An older observation of the same path: nobody waits for its end. */
    private void cancelSilently(long token, ResourcePath path) {
        exchange(cancelRequest(token, path), Duration.ofSeconds(10));
    }

    private Request cancelRequest(long token, ResourcePath path) {
        var request = request(Code.GET, path);
        request.setObserveCancel();
        request.setToken(Observations.token(token));
        return request;
    }

    private CompletableFuture<DeviceReply<Reading>> cancel(ResourcePath path) {
        var observed = to.observed(path);
        if (observed.isEmpty()) {
            return now(nothing());
        }
        registry.forget(observed.get());
        return exchange(cancelRequest(observed.get().token(), path))
                .thenApply(
                        outcome ->
                                outcome.response() == null
                                        ? without(outcome)
                                        : outcome.response().isSuccess()
                                                ? nothing()
                                                : Answers.refusal(outcome.response()));
    }

    // ---- writing

    private CompletableFuture<DeviceReply<Reading>> write(DeviceRequest.Write write) {
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
                    var request = request(code, path);
                    request.setPayload(PayloadEncoder.encode(format, path, write.values()));
                    return request;
                });
    }

    private List<Format> requestFormats() {
        return manners()
                .candidates(Direction.REQUEST, to.announcement().formats(), isVersion10())
                .stream()
                .filter(format -> format != Format.JSON)
                .toList();
    }

    private CompletableFuture<DeviceReply<Reading>> create(Create create) {
        boolean deviceChooses = create.path().ids().size() == 1;
        var object = ResourcePath.of(create.path().ids().get(0));
        var formats = deviceChooses ? List.of(Format.TLV) : requestFormats();
        return deliver(
                formats,
                0,
                Optional.empty(),
                format -> {
                    var request = request(Code.POST, object);
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
        boolean proved = manners().worked(Direction.REQUEST).equals(Optional.of(format));
        boolean more = index + 1 < formats.size();
        return exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return now(without(outcome));
                            }
                            if (response.isSuccess()) {
                                if (format.isStructured()) {
                                    learn(m -> m.working(Direction.REQUEST, format));
                                }
                                return now(nothing());
                            }
                            var code = response.getCode();
                            boolean refusesFormat =
                                    isFormatRefusal(response)
                                            || code == ResponseCode.NOT_IMPLEMENTED;
                            if (refusesFormat && format.isStructured()) {
                                learn(m -> m.refusing(Direction.REQUEST, format));
                            }
                            if (refusesFormat && more) {
                                return deliver(formats, index + 1, firstRefusal, build);
                            }
                            DeviceReply<Reading> refusal = Answers.refusal(response);
                            boolean maybeFormat =
                                    code == ResponseCode.BAD_REQUEST
                                            && !proved
                                            && firstRefusal.isEmpty()
                                            && manners().worked(Direction.REQUEST).isEmpty();
                            return maybeFormat && more
                                    ? deliver(formats, index + 1, Optional.of(refusal), build)
                                    : now(firstRefusal.orElse(refusal));
                        });
    }

    // ---- the rest

    private CompletableFuture<DeviceReply<Reading>> discover(ResourcePath path) {
        var request = request(Code.GET, path);
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        return exchange(request)
                .thenApply(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return without(outcome);
                            }
                            if (!response.isSuccess()) {
                                return Answers.refusal(response);
                            }
                            discovered(path, response);
                            return nothing();
                        });
    }

    private void discovered(ResourcePath path, Response response) {
        var text = new String(response.getPayload(), StandardCharsets.UTF_8);
        AnnouncementParser.ObjectLinks found;
        try {
            found = AnnouncementParser.links(text.getBytes(StandardCharsets.UTF_8));
        } catch (RefusedRequest e) {
            return;
        }
        var objects = new HashMap<>(to.announcement().objects());
        found.objects()
                .forEach(
                        (id, object) -> {
                            var known = objects.get(id);
                            boolean whole = path.ids().size() == 1 && path.ids().get(0).equals(id);
                            var instances = new TreeSet<>(object.instances());
                            if (known != null && !whole) {
                                instances.addAll(known.instances());
                            }
                            var version =
                                    known != null && object.version().equals("1.0")
                                            ? known.version()
                                            : object.version();
                            objects.put(id, new AnnouncedObject(version, List.copyOf(instances)));
                        });
        registry.learnObjects(to, to.announcement().withObjects(objects));
    }

    private CompletableFuture<DeviceReply<Reading>> plain(DeviceRequest wish) {
        Request request;
        if (wish instanceof DeviceRequest.Execute execute) {
            request = request(Code.POST, execute.path());
            if (!execute.arguments().isEmpty()) {
                request.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
                request.setPayload(execute.arguments().getBytes(StandardCharsets.UTF_8));
            }
        } else if (wish instanceof DeviceRequest.WriteAttributes write) {
            request = request(Code.PUT, write.path());
            for (var attribute : write.attributes().split("&")) {
                request.getOptions().addUriQuery(attribute);
            }
        } else if (wish instanceof DeviceRequest.Delete delete) {
            request = request(Code.DELETE, delete.path());
        } else {
            throw new IllegalArgumentException("Not a request this sender knows: " + wish);
        }
        return exchange(request)
                .thenApply(
                        outcome ->
                                outcome.response() == null
                                        ? without(outcome)
                                        : outcome.response().isSuccess()
                                                ? nothing()
                                                : Answers.refusal(outcome.response()));
    }
}
