package org.omtpdm.server.lwm2m.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.codec.TlvNode.Kind;

/**
 * Payloads to readings, with the definitions we have. Objects nobody described give their values
 * raw. A value that doesn't fit its resource's type is kept as it came rather than refused; a
 * payload that isn't what its format says is refused as a whole. Immutable and thread-safe.
 */
public final class PayloadDecoder {
    private static final double RELATIVE_TIME_BELOW = 1 << 28;
    private static final int MAX_VALUES = 20_000;

    private final ObjectDefinitions definitions;

    public PayloadDecoder(ObjectDefinitions definitions) {
        this.definitions = definitions;
    }

    /**
     * @param requested the path the payload answers; the root for a Send or a composite answer
     * @param arrival stamps values that carry no time of their own
     * @return one reading per time, oldest first; at least one
     */
    public List<Reading> decode(
            Format format,
            byte[] payload,
            ResourcePath requested,
            ObjectVersions versions,
            Instant arrival)
            throws UndecodableException {
        return switch (format) {
            case SENML_CBOR -> readings(Senml.readCbor(payload), requested, versions, arrival);
            case SENML_JSON -> readings(Senml.readJson(payload), requested, versions, arrival);
            case JSON -> readings(json10(payload, requested), requested, versions, arrival);
            case TLV -> List.of(tlv(TlvNode.read(payload), requested, versions, arrival));
            case CBOR ->
                    List.of(
                            single(
                                    requested,
                                    cbor(payload, requested, versions),
                                    versions,
                                    arrival));
            case TEXT ->
                    List.of(
                            single(
                                    requested,
                                    text(payload, requested, versions),
                                    versions,
                                    arrival));
            case OPAQUE ->
                    List.of(
                            single(
                                    atResource(requested),
                                    new ResourceValue.Bytes(payload),
                                    versions,
                                    arrival));
        };
    }

    /** The bytes as they came, at the path that was asked. */
    public static Reading raw(byte[] payload, ResourcePath requested, Instant arrival) {
        return new Reading(arrival, Map.of(requested, new ResourceValue.Bytes(payload)), true);
    }

    private Optional<Type> type(ResourcePath path, ObjectVersions versions) {
        if (path.ids().size() < 3) {
            return Optional.empty();
        }
        int object = path.ids().get(0);
        return definitions
                .resource(object, versions.of(object), path.ids().get(2))
                .map(resource -> resource.type)
                .filter(type -> type != Type.NONE);
    }

    private boolean isRaw(Iterable<ResourcePath> paths, ObjectVersions versions) {
        for (var path : paths) {
            int object = path.objectId().orElse(-1);
            if (!definitions.knows(object, versions.of(object))) {
                return true;
            }
        }
        return false;
    }

    private Reading reading(
            Instant at, Map<ResourcePath, ResourceValue> values, ObjectVersions versions) {
        return new Reading(at, values, isRaw(values.keySet(), versions));
    }

    private Reading single(
            ResourcePath path, ResourceValue value, ObjectVersions versions, Instant at) {
        return reading(at, Map.of(path, value), versions);
    }

    private static ResourcePath atResource(ResourcePath path) throws UndecodableException {
        if (path.ids().size() < 3) {
            throw new UndecodableException("a single value can't answer " + path);
        }
        return path;
    }

    private ResourceValue text(byte[] payload, ResourcePath path, ObjectVersions versions)
            throws UndecodableException {
        var type = type(atResource(path), versions).orElse(Type.STRING);
        var text =
                Scalars.text(payload)
                        .orElseThrow(() -> new UndecodableException("text is no UTF-8"));
        return Scalars.fromText(type, text).orElse(new ResourceValue.Text(text));
    }

    private ResourceValue cbor(byte[] payload, ResourcePath path, ObjectVersions versions)
            throws UndecodableException {
        try {
            var value = Senml.cborScalar(Senml.cbor(payload));
            return type(atResource(path), versions)
                    .flatMap(type -> Scalars.fromTyped(type, value))
                    .orElseGet(() -> Scalars.untyped(value));
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(e.getMessage());
        }
    }

    private static List<SenmlRecord> json10(byte[] payload, ResourcePath requested)
            throws UndecodableException {
        var records = new ArrayList<SenmlRecord>();
        for (var record : Senml.readJson10(payload)) {
            boolean relative = !record.name().startsWith("/");
            var name = relative ? requested + "/" + record.name() : record.name();
            records.add(new SenmlRecord(name, record.time(), record.value()));
        }
        return records;
    }

    private List<Reading> readings(
            List<SenmlRecord> records,
            ResourcePath requested,
            ObjectVersions versions,
            Instant arrival)
            throws UndecodableException {
        if (records.size() > MAX_VALUES) {
            throw new UndecodableException("more than " + MAX_VALUES + " values");
        }
        var byTime = new TreeMap<Instant, Map<ResourcePath, ResourceValue>>();
        for (var record : records) {
            if (record.value() == null) {
                throw new UndecodableException("a record has no value");
            }
            var path = path(record.name(), requested);
            var value =
                    type(path, versions)
                            .flatMap(type -> Scalars.fromTyped(type, record.value()))
                            .orElseGet(() -> Scalars.untyped(record.value()));
            byTime.computeIfAbsent(instant(record.time(), arrival), at -> new TreeMap<>())
                    .put(path, value);
        }
        if (byTime.isEmpty()) {
            return List.of(new Reading(arrival, Map.of(), false));
        }
        var readings = new ArrayList<Reading>();
        byTime.forEach((at, values) -> readings.add(reading(at, values, versions)));
        return readings;
    }

    private static ResourcePath path(String name, ResourcePath requested)
            throws UndecodableException {
        if (name.isEmpty()) {
            return atResource(requested);
        }
        try {
            var path = ResourcePath.parse(name.endsWith("/") ? name.replaceAll("/+$", "") : name);
            return atResource(path);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("a record's name is no resource");
        }
    }

    private static Instant instant(Double seconds, Instant arrival) {
        if (seconds == null) {
            return arrival;
        }
        double millis = seconds * 1000;
        if (Math.abs(seconds) < RELATIVE_TIME_BELOW) {
            return arrival.plusMillis((long) millis);
        }
        double bounded = Math.max(Math.min(millis, 4.0e15), -4.0e15);
        return Instant.ofEpochMilli((long) bounded);
    }

    private Reading tlv(
            List<TlvNode> nodes, ResourcePath requested, ObjectVersions versions, Instant arrival)
            throws UndecodableException {
        if (requested.ids().isEmpty()) {
            throw new UndecodableException("TLV can't answer for several objects");
        }
        var values = new TreeMap<ResourcePath, ResourceValue>();
        for (var node : nodes) {
            put(values, node, requested, versions);
        }
        return reading(arrival, values, versions);
    }

    private void put(
            Map<ResourcePath, ResourceValue> values,
            TlvNode node,
            ResourcePath requested,
            ObjectVersions versions)
            throws UndecodableException {
        try {
            var ids = requested.ids();
            var object = ResourcePath.of(ids.get(0));
            var instance = object.child(ids.size() > 1 ? ids.get(1) : 0);
            switch (node.kind()) {
                case OBJECT_INSTANCE -> {
                    for (var child : node.children()) {
                        if (child.kind() == Kind.OBJECT_INSTANCE) {
                            throw new UndecodableException("TLV instance within an instance");
                        }
                        put(values, child, object.child(node.id()), versions);
                    }
                }
                case RESOURCE -> putLeaf(values, leafPath(ids, instance, node), node, versions);
                case MULTIPLE_RESOURCE -> {
                    for (var child : node.children()) {
                        if (child.kind() != Kind.RESOURCE_INSTANCE) {
                            throw new UndecodableException("TLV resource holds no instances");
                        }
                        putLeaf(
                                values,
                                instance.child(node.id()).child(child.id()),
                                child,
                                versions);
                    }
                }
                case RESOURCE_INSTANCE -> {
                    if (ids.size() < 3) {
                        throw new UndecodableException("TLV resource instance without resource");
                    }
                    putLeaf(values, instance.child(ids.get(2)).child(node.id()), node, versions);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(e.getMessage());
        }
    }

    /** Some devices answer a resource instance as if it were a single resource. */
    private static ResourcePath leafPath(List<Integer> ids, ResourcePath instance, TlvNode node) {
        return ids.size() == 4
                ? instance.child(ids.get(2)).child(ids.get(3))
                : instance.child(node.id());
    }

    private void putLeaf(
            Map<ResourcePath, ResourceValue> values,
            ResourcePath path,
            TlvNode node,
            ObjectVersions versions) {
        values.put(
                path,
                type(path, versions)
                        .flatMap(type -> Scalars.fromTlv(type, node.value()))
                        .orElseGet(() -> new ResourceValue.Bytes(node.value())));
    }

    /**
     * Decodes an answer that doesn't say its format: as the one that was asked for when it fits,
     * else by its looks, else raw. Never fails.
     *
     * @param asked the Accept of the request, empty when it had none
     */
    public Reading guess(
            Optional<Format> asked,
            byte[] payload,
            ResourcePath requested,
            ObjectVersions versions,
            Instant arrival) {
        var candidates = new ArrayList<Format>();
        asked.ifPresent(candidates::add);
        int first = payload.length == 0 ? 0 : payload[0] & 0xFF;
        if (requested.ids().size() >= 3
                && type(requested, versions).equals(Optional.of(Type.OPAQUE))) {
            return single(requested, new ResourceValue.Bytes(payload), versions, arrival);
        }
        if (first == '[') {
            candidates.add(Format.SENML_JSON);
        } else if (first == '{') {
            candidates.add(Format.JSON);
        } else if (first >= 0x80 && first <= 0x9F && requested.ids().size() < 3) {
            candidates.add(Format.SENML_CBOR);
        }
        if (requested.ids().size() < 3 || looksLikeTlv(payload, requested)) {
            candidates.add(Format.TLV);
        }
        if (requested.ids().size() >= 3) {
            candidates.add(Format.TEXT);
        }
        for (var format : candidates) {
            try {
                if (format == Format.TEXT && hasControls(payload)) {
                    continue;
                }
                var readings = decode(format, payload, requested, versions, arrival);
                return readings.get(readings.size() - 1);
            } catch (UndecodableException e) {
                continue;
            }
        }
        return raw(payload, requested, arrival);
    }

    private static boolean hasControls(byte[] payload) {
        for (var b : payload) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                return true;
            }
        }
        return false;
    }

    private static boolean looksLikeTlv(byte[] payload, ResourcePath requested) {
        try {
            var nodes = TlvNode.read(payload);
            return nodes.size() == 1
                    && nodes.get(0).id()
                            == requested.ids().get(requested.ids().size() == 4 ? 3 : 2);
        } catch (UndecodableException e) {
            return false;
        }
    }
}
