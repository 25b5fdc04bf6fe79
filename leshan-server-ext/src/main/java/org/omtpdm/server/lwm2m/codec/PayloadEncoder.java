package org.omtpdm.server.lwm2m.codec;

import com.upokecenter.cbor.CBORObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.codec.TlvNode.Kind;

/** Values to payloads. Stateless. */
public final class PayloadEncoder {
    private PayloadEncoder() {}

    /** True when the format can carry these values to this path. */
    public static boolean canCarry(
            Format format, ResourcePath target, Map<ResourcePath, ResourceValue> values) {
        if (format.isStructured()) {
            return format != Format.JSON;
        }
        if (values.size() != 1 || !values.containsKey(target)) {
            return false;
        }
        var value = values.get(target);
        return format != Format.OPAQUE || value instanceof ResourceValue.Bytes;
    }

    /**
     * @param target the path of the request; every value lies at or below it
     * @throws IllegalArgumentException when {@link #canCarry} is false or a value lies elsewhere
     */
    public static byte[] encode(
            Format format, ResourcePath target, Map<ResourcePath, ResourceValue> values) {
        if (!canCarry(format, target, values)) {
            throw new IllegalArgumentException(format.words() + " can't carry this to " + target);
        }
        for (var path : values.keySet()) {
            if (!target.contains(path)) {
                throw new IllegalArgumentException(path + " is not below " + target);
            }
        }
        return switch (format) {
            case SENML_CBOR -> Senml.writeCbor(records(values));
            case SENML_JSON -> Senml.writeJson(records(values));
            case TLV -> TlvNode.write(tlv(target, values));
            case CBOR -> cbor(values.get(target));
            case OPAQUE -> ((ResourceValue.Bytes) values.get(target)).content();
            case TEXT -> Scalars.toText(values.get(target)).getBytes(StandardCharsets.UTF_8);
            case JSON -> throw new IllegalArgumentException("not written");
        };
    }

    /** The values of one new instance whose id the device chooses: TLV without the instance. */
    public static byte[] encodeNewInstance(Map<ResourcePath, ResourceValue> values) {
        return TlvNode.write(resources(new TreeMap<>(values)));
    }

    /** Paths only, as the body of a Read-Composite. */
    public static byte[] paths(Format format, List<ResourcePath> paths) {
        var records = new ArrayList<SenmlRecord>();
        paths.forEach(path -> records.add(new SenmlRecord(path.toString(), null, null)));
        return format == Format.SENML_JSON ? Senml.writeJson(records) : Senml.writeCbor(records);
    }

    private static List<SenmlRecord> records(Map<ResourcePath, ResourceValue> values) {
        var records = new ArrayList<SenmlRecord>();
        new TreeMap<>(values)
                .forEach(
                        (path, value) ->
                                records.add(new SenmlRecord(path.toString(), null, typed(value))));
        return records;
    }

    private static Object typed(ResourceValue value) {
        if (value instanceof ResourceValue.Int number) {
            return number.value();
        }
        if (value instanceof ResourceValue.Unsigned number) {
            return number.value();
        }
        if (value instanceof ResourceValue.Float number) {
            return number.value();
        }
        if (value instanceof ResourceValue.Bool bool) {
            return bool.value();
        }
        if (value instanceof ResourceValue.Time time) {
            return time.value().getEpochSecond();
        }
        if (value instanceof ResourceValue.Bytes bytes) {
            return bytes.content();
        }
        return value instanceof ResourceValue.Link ? value : value.toString();
    }

    private static byte[] cbor(ResourceValue value) {
        var typed = typed(value);
        var object =
                typed instanceof Boolean bool
                        ? CBORObject.FromObject(bool)
                        : typed instanceof byte[] bytes
                                ? CBORObject.FromObject(bytes)
                                : typed instanceof Number
                                        ? Senml.cborNumber(typed)
                                        : CBORObject.FromObject(typed.toString());
        return object.EncodeToBytes();
    }

    private static List<TlvNode> tlv(ResourcePath target, Map<ResourcePath, ResourceValue> values) {
        var sorted = new TreeMap<>(values);
        if (target.ids().size() == 4) {
            return List.of(
                    TlvNode.leaf(
                            Kind.RESOURCE_INSTANCE,
                            target.ids().get(3),
                            Scalars.toTlv(values.get(target))));
        }
        if (target.ids().size() >= 2) {
            return resources(sorted);
        }
        var byInstance = new TreeMap<Integer, TreeMap<ResourcePath, ResourceValue>>();
        sorted.forEach(
                (path, value) ->
                        byInstance
                                .computeIfAbsent(path.ids().get(1), id -> new TreeMap<>())
                                .put(path, value));
        var nodes = new ArrayList<TlvNode>();
        byInstance.forEach(
                (id, part) -> nodes.add(TlvNode.list(Kind.OBJECT_INSTANCE, id, resources(part))));
        return nodes;
    }

    private static List<TlvNode> resources(TreeMap<ResourcePath, ResourceValue> values) {
        var nodes = new ArrayList<TlvNode>();
        var instances = new ArrayList<TlvNode>();
        int multiple = -1;
        for (var entry : values.entrySet()) {
            var ids = entry.getKey().ids();
            var bytes = Scalars.toTlv(entry.getValue());
            if (ids.size() == 3) {
                nodes.add(TlvNode.leaf(Kind.RESOURCE, ids.get(2), bytes));
                continue;
            }
            if (ids.get(2) != multiple) {
                multiple = ids.get(2);
                instances = new ArrayList<>();
                nodes.add(TlvNode.list(Kind.MULTIPLE_RESOURCE, multiple, instances));
            }
            instances.add(TlvNode.leaf(Kind.RESOURCE_INSTANCE, ids.get(3), bytes));
        }
        return nodes;
    }
}
