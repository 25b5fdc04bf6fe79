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
import org.omtpdm.server.lwm2m.Manners.Direction;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.codec.PayloadEncoder;

/**
 * Read, Observe and Discover: in another format where one is refused, in single reads where a
 * composite one stays unanswered.
 *
 * @see "LwM2M Core 1.1.1 §6.3 and §6.4"
 */
final class DeviceReads {
    private static final Duration COMPOSITE_AT_MOST = Duration.ofSeconds(15);

    private final Dialogue with;
    private final Observations observations;

    DeviceReads(Dialogue with, Observations observations) {
        this.with = with;
        this.observations = observations;
    }

    CompletableFuture<DeviceReply<Reading>> read(ResourcePath path) {
        return read(path, accepts(path), 0);
    }

    /** One opaque resource as octet-stream, otherwise as {@link #read}. */
    CompletableFuture<DeviceReply<Reading>> readBytes(ResourcePath path) {
        var formats = new ArrayList<Optional<Format>>();
        formats.add(Optional.of(Format.OPAQUE));
        formats.addAll(accepts(path));
        return read(path, formats, 0);
    }

    CompletableFuture<DeviceReply<Reading>> observe(ResourcePath path) {
        return observe(path, accepts(path), 0);
    }

    // ---- reading

    private List<Optional<Format>> accepts(ResourcePath path) {
        var accepts = new LinkedHashSet<Optional<Format>>();
        if (with.manners().takesAccept()) {
            with.manners()
                    .candidates(
                            Direction.ANSWER,
                            with.to().announcement().formats(),
                            with.isVersion10())
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
        var request = with.request(Code.GET, path);
        accept.ifPresent(format -> request.getOptions().setAccept(format.code()));
        return with.exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return Dialogue.now(with.without(outcome));
                            }
                            if (response.isSuccess()) {
                                return Dialogue.now(answered(path, accept, response));
                            }
                            int next = nextAccept(accepts, index, response);
                            return next < 0
                                    ? Dialogue.now(Answers.refusal(response))
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
            with.learn(Manners::withoutAccept);
            return accepts.size() - 1;
        }
        if (!Dialogue.isFormatRefusal(refusal)) {
            return -1;
        }
        if (accept.get().isStructured()) {
            with.learn(manners -> manners.refusing(Direction.ANSWER, accept.get()));
        }
        return index + 1;
    }

    private DeviceReply<Reading> answered(
            ResourcePath path, Optional<Format> asked, Response response) {
        if (response.getOptions().hasContentFormat()) {
            Format.of(response.getOptions().getContentFormat())
                    .filter(Format::isStructured)
                    .ifPresent(
                            format ->
                                    with.learn(
                                            manners -> manners.working(Direction.ANSWER, format)));
        }
        var readings = with.answers().readings(with.to(), path, asked, response);
        return new DeviceReply.Answered<>(readings.get(readings.size() - 1));
    }

    // ---- composite

    CompletableFuture<DeviceReply<Reading>> readComposite(List<ResourcePath> paths) {
        var announced = with.to().announcement().formats();
        boolean announcesNoSenml =
                announced != 0
                        && (announced & (Format.SENML_CBOR.bit() | Format.SENML_JSON.bit())) == 0;
        if (with.isVersion10() || announcesNoSenml || !with.manners().doesComposite()) {
            return readEach(paths, 0, new HashMap<>(), Optional.empty());
        }
        var formats =
                with.manners().candidates(Direction.ANSWER, announced, false).stream()
                        .filter(Format::isSenml)
                        .toList();
        return readComposite(paths, formats, 0);
    }

    private CompletableFuture<DeviceReply<Reading>> readComposite(
            List<ResourcePath> paths, List<Format> formats, int index) {
        if (index == formats.size()) {
            with.learn(manners -> manners.withoutComposite(false));
            return readEach(paths, 0, new HashMap<>(), Optional.empty());
        }
        var format = formats.get(index);
        var request = new Request(Code.FETCH, Type.CON);
        Observations.setPath(request, with.to(), ResourcePath.ROOT);
        request.getOptions().setContentFormat(format.code()).setAccept(format.code());
        request.setPayload(PayloadEncoder.paths(format, paths));
        var left = with.left();
        var half = left.dividedBy(2);
        var wait =
                with.manners().provedComposite() || half.compareTo(COMPOSITE_AT_MOST) < 0
                        ? half
                        : COMPOSITE_AT_MOST;
        return with.exchange(request, wait)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response != null && response.isSuccess()) {
                                with.learn(
                                        manners ->
                                                manners.withComposite()
                                                        .working(Direction.ANSWER, format));
                                return Dialogue.now(
                                        answered(ResourcePath.ROOT, Optional.of(format), response));
                            }
                            if (response != null && Dialogue.isFormatRefusal(response)) {
                                return readComposite(paths, formats, index + 1);
                            }
                            boolean silent = outcome.end() == CoapExchanges.End.SILENT;
                            boolean refused =
                                    response != null || outcome.end() == CoapExchanges.End.RESET;
                            if (!silent && !refused) {
                                return Dialogue.now(with.without(outcome));
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
            return Dialogue.now(
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
                                return Dialogue.now(reply);
                            }
                            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                                values.putAll(answered.value().values());
                                composite
                                        .filter(silent -> !with.manners().provedComposite())
                                        .ifPresent(
                                                silent ->
                                                        with.learn(
                                                                m -> m.withoutComposite(silent)));
                            }
                            boolean last = index == paths.size() - 1;
                            return last && values.isEmpty()
                                    ? Dialogue.now(reply)
                                    : readEach(paths, index + 1, values, composite);
                        });
    }

    // ---- observing

    private CompletableFuture<DeviceReply<Reading>> observe(
            ResourcePath path, List<Optional<Format>> accepts, int index) {
        var accept = accepts.get(index);
        var before = with.to().observed(path);
        long token = observations.newToken();
        var request = with.request(Code.GET, path);
        request.setObserve();
        request.setToken(Observations.token(token));
        accept.ifPresent(format -> request.getOptions().setAccept(format.code()));
        var observed =
                with.registry()
                        .observing(with.to(), token, path, accept.map(Format::code).orElse(-1));
        return with.exchange(request)
                .thenCompose(
                        outcome -> {
                            var response = outcome.response();
                            if (response != null && response.isSuccess()) {
                                if (!response.getOptions().hasObserve()) {
                                    with.registry().forget(observed);
                                    return Dialogue.now(answered(path, accept, response));
                                }
                                observed.isNewer(
                                        response.getOptions().getObserve(),
                                        System.currentTimeMillis());
                                before.ifPresent(old -> cancelSilently(old.token(), path));
                                return with.registry()
                                        .keep(observed)
                                        .handle((kept, failed) -> answered(path, accept, response));
                            }
                            with.registry().forget(observed);
                            if (response == null) {
                                return Dialogue.now(with.without(outcome));
                            }
                            int next = nextAccept(accepts, index, response);
                            return next < 0
                                    ? Dialogue.now(Answers.refusal(response))
                                    : observe(path, accepts, next);
                        });
    }

    /** An older observation of the same path: nobody waits for its end. */
    private void cancelSilently(long token, ResourcePath path) {
        with.exchange(cancelRequest(token, path), Duration.ofSeconds(10));
    }

    private Request cancelRequest(long token, ResourcePath path) {
        var request = with.request(Code.GET, path);
        request.setObserveCancel();
        request.setToken(Observations.token(token));
        return request;
    }

    CompletableFuture<DeviceReply<Reading>> cancel(ResourcePath path) {
        var observed = with.to().observed(path);
        if (observed.isEmpty()) {
            return Dialogue.now(with.nothing());
        }
        with.registry().forget(observed.get());
        return with.exchange(cancelRequest(observed.get().token(), path))
                .thenApply(
                        outcome ->
                                outcome.response() == null
                                        ? with.without(outcome)
                                        : outcome.response().isSuccess()
                                                ? with.nothing()
                                                : Answers.refusal(outcome.response()));
    }

    CompletableFuture<DeviceReply<Reading>> discover(ResourcePath path) {
        var request = with.request(Code.GET, path);
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        return with.exchange(request)
                .thenApply(
                        outcome -> {
                            var response = outcome.response();
                            if (response == null) {
                                return with.without(outcome);
                            }
                            if (!response.isSuccess()) {
                                return Answers.refusal(response);
                            }
                            discovered(path, response);
                            return with.nothing();
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
        var objects = new HashMap<>(with.to().announcement().objects());
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
        with.registry().learnObjects(with.to(), with.to().announcement().withObjects(objects));
    }
}
