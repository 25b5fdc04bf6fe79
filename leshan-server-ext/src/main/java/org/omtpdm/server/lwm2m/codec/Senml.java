package org.omtpdm.server.lwm2m.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.omtpdm.objects.ResourceValue;

/**
 * SenML in JSON and CBOR, and the JSON of LwM2M 1.0. Ours, because a decimal fraction or big float
 * with an exponent of a billion takes a general CBOR number library minutes and gigabytes; here
 * tags other than a bignum of at most 64 bits are refused.
 *
 * @see "RFC 8428 §4 to 6; LwM2M Core 1.0.2 §6.4.4"
 */
final class Senml {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Senml() {}

    static List<SenmlRecord> readJson(byte[] payload) throws UndecodableException {
        return resolve(json(payload), record -> jsonRecord(record, "n", "vs", "vb", "vlo", "vd"));
    }

    static List<SenmlRecord> readCbor(byte[] payload) throws UndecodableException {
        var pack = cbor(payload);
        if (pack.getType() != CBORType.Array) {
            throw new UndecodableException("SenML CBOR is no array");
        }
        return resolve(pack.getValues(), Senml::cborRecord);
    }

    /** {@code {"bn":"/3/0/","bt":25,"e":[{"n":"0","sv":"x"}]}}. */
    static List<SenmlRecord> readJson10(byte[] payload) throws UndecodableException {
        var root = json(payload);
        if (!root.isObject() || !root.path("e").isArray()) {
            throw new UndecodableException("JSON of LwM2M 1.0 without array e");
        }
        var base = root.path("bn").asText("");
        if (!base.isEmpty() && !base.endsWith("/")) {
            base += "/";
        }
        var unresolved = new ArrayList<Unresolved>();
        double baseTime = root.path("bt").asDouble(0);
        for (var entry : root.path("e")) {
            var record = jsonRecord(entry, "n", "sv", "bv", "ov", "");
            unresolved.add(
                    new Unresolved(base, baseTime, record.name(), record.time(), record.value()));
        }
        return resolve(unresolved, Function.identity());
    }

    /** A record before base name and base time are applied; null where absent. */
    private record Unresolved(
            String baseName, Double baseTime, String name, Double time, Object value) {}

    private static <T> List<SenmlRecord> resolve(
            Iterable<T> records, Function<T, Unresolved> reading) throws UndecodableException {
        var resolved = new ArrayList<SenmlRecord>();
        var baseName = "";
        Double baseTime = null;
        try {
            for (var each : records) {
                var record = reading.apply(each);
                baseName = record.baseName != null ? record.baseName : baseName;
                baseTime = record.baseTime != null ? record.baseTime : baseTime;
                var name = record.name == null ? baseName : baseName + record.name;
                var time =
                        baseTime == null && record.time == null
                                ? null
                                : Double.valueOf(
                                        (baseTime == null ? 0 : baseTime)
                                                + (record.time == null ? 0 : record.time));
                resolved.add(new SenmlRecord(name, time, record.value));
            }
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(e.getMessage());
        }
        return resolved;
    }

    private static JsonNode json(byte[] payload) throws UndecodableException {
        try {
            var tree = JSON.readTree(payload);
            if (tree == null || !tree.isContainerNode()) {
                throw new UndecodableException("JSON is neither array nor object");
            }
            return tree;
        } catch (JacksonException e) {
            throw new UndecodableException("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UndecodableException("not JSON");
        }
    }

    private static Unresolved jsonRecord(
            JsonNode node, String name, String text, String bool, String link, String bytes) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("SenML record is no object");
        }
        return new Unresolved(
                node.path("bn").isTextual() ? node.path("bn").asText() : null,
                seconds(node.path("bt")),
                node.path(name).isTextual() ? node.path(name).asText() : null,
                seconds(node.path("t")),
                jsonValue(node, text, bool, link, bytes));
    }

    private static Object jsonValue(
            JsonNode node, String text, String bool, String link, String bytes) {
        var number = node.path("v");
        if (number.isIntegralNumber()) {
            return number.canConvertToLong()
                    ? (Object) number.longValue()
                    : bounded(number.bigIntegerValue());
        }
        if (number.isNumber()) {
            return number.doubleValue();
        }
        if (node.path(bool).isBoolean()) {
            return node.path(bool).booleanValue();
        }
        if (node.path(link).isTextual()) {
            return objectLink(node.path(link).asText());
        }
        if (!bytes.isEmpty() && node.path(bytes).isTextual()) {
            return base64(node.path(bytes).asText());
        }
        return node.path(text).isTextual() ? node.path(text).asText() : null;
    }

    private static Double seconds(JsonNode node) {
        return node.isNumber() ? finite(node.doubleValue()) : null;
    }

    private static Double finite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("SenML time is not a number");
        }
        return value;
    }

    private static BigInteger bounded(BigInteger value) {
        if (value.bitLength() > 64) {
            throw new IllegalArgumentException("number of more than 64 bits");
        }
        return value;
    }

    private static ResourceValue objectLink(String text) {
        return Scalars.link(text)
                .orElseThrow(() -> new IllegalArgumentException("not an object link"));
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("value vd is not Base64", e);
        }
    }

    static CBORObject cbor(byte[] payload) throws UndecodableException {
        try {
            return CBORObject.DecodeFromBytes(payload);
        } catch (CBORException | IllegalArgumentException | IllegalStateException e) {
            throw new UndecodableException("not CBOR");
        }
    }

    private static Unresolved cborRecord(CBORObject node) {
        if (node.getType() != CBORType.Map || node.isTagged()) {
            throw new IllegalArgumentException("SenML record is no map");
        }
        var link = node.get("vlo");
        return new Unresolved(
                cborText(node, -2),
                cborSeconds(node.get(CBORObject.FromObject(-3))),
                cborText(node, 0),
                cborSeconds(node.get(CBORObject.FromObject(6))),
                link != null && link.getType() == CBORType.TextString
                        ? objectLink(link.AsString())
                        : cborValue(node));
    }

    private static String cborText(CBORObject map, int key) {
        var value = map.get(CBORObject.FromObject(key));
        return value != null && value.getType() == CBORType.TextString ? value.AsString() : null;
    }

    private static Double cborSeconds(CBORObject value) {
        return value != null && cborScalar(value) instanceof Number number
                ? finite(number.doubleValue())
                : null;
    }

    private static Object cborValue(CBORObject map) {
        for (int key : new int[] {2, 4, 3, 8}) {
            var value = map.get(CBORObject.FromObject(key));
            if (value != null) {
                return cborScalar(value);
            }
        }
        return null;
    }

    /**
     * @throws IllegalArgumentException when it is an array, a map, null, or a number that needs
     *     more than 64 bits
     */
    static Object cborScalar(CBORObject value) {
        if (value.isTagged()) {
            if (value.HasMostOuterTag(2) || value.HasMostOuterTag(3)) {
                return bignum(value);
            }
            if (!value.HasMostOuterTag(1)) {
                throw new IllegalArgumentException("CBOR tag is not for LwM2M values");
            }
        }
        var plain = value.UntagOne();
        if (plain.isTagged()) {
            throw new IllegalArgumentException("CBOR tag is not for LwM2M values");
        }
        return switch (plain.getType()) {
            case Integer ->
                    plain.CanValueFitInInt64()
                            ? (Object) plain.AsInt64Value()
                            : bounded(new BigInteger(plain.AsEIntegerValue().toString()));
            case FloatingPoint -> plain.AsDoubleValue();
            case Boolean -> plain.AsBoolean();
            case TextString -> plain.AsString();
            case ByteString -> plain.GetByteString();
            default -> throw new IllegalArgumentException("CBOR value is no single value");
        };
    }

    private static BigInteger bignum(CBORObject value) {
        var plain = value.UntagOne();
        if (plain.isTagged() || plain.getType() != CBORType.ByteString) {
            throw new IllegalArgumentException("CBOR bignum without bytes");
        }
        var bytes = plain.GetByteString();
        if (bytes.length > 16) {
            throw new IllegalArgumentException("number of more than 64 bits");
        }
        var magnitude = bounded(new BigInteger(1, bytes));
        return value.HasMostOuterTag(2) ? magnitude : magnitude.negate().subtract(BigInteger.ONE);
    }

    static byte[] writeJson(List<SenmlRecord> records) {
        var pack = JsonNodeFactory.instance.arrayNode();
        for (var record : records) {
            var node = pack.addObject().put("n", record.name());
            var value = record.value();
            if (value instanceof Long number) {
                node.put("v", number);
            } else if (value instanceof BigInteger number) {
                node.put("v", number);
            } else if (value instanceof Double number) {
                node.put("v", number);
            } else if (value instanceof Boolean bool) {
                node.put("vb", bool);
            } else if (value instanceof byte[] bytes) {
                node.put("vd", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            } else if (value instanceof ResourceValue.Link link) {
                node.put("vlo", link.toString());
            } else if (value != null) {
                node.put("vs", value.toString());
            }
        }
        try {
            return JSON.writeValueAsBytes(pack);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] writeCbor(List<SenmlRecord> records) {
        var pack = CBORObject.NewArray();
        for (var record : records) {
            var node = CBORObject.NewOrderedMap();
            node.set(CBORObject.FromObject(0), CBORObject.FromObject(record.name()));
            var value = record.value();
            if (value instanceof Boolean bool) {
                node.set(CBORObject.FromObject(4), CBORObject.FromObject(bool));
            } else if (value instanceof byte[] bytes) {
                node.set(CBORObject.FromObject(8), CBORObject.FromObject(bytes));
            } else if (value instanceof ResourceValue.Link link) {
                node.set(CBORObject.FromObject("vlo"), CBORObject.FromObject(link.toString()));
            } else if (value instanceof String text) {
                node.set(CBORObject.FromObject(3), CBORObject.FromObject(text));
            } else if (value != null) {
                node.set(CBORObject.FromObject(2), cborNumber(value));
            }
            pack.Add(node);
        }
        return pack.EncodeToBytes();
    }

    static CBORObject cborNumber(Object value) {
        if (value instanceof Long number) {
            return CBORObject.FromObject(number);
        }
        if (value instanceof BigInteger number) {
            return CBORObject.FromObject(
                    com.upokecenter.numbers.EInteger.FromString(number.toString()));
        }
        return CBORObject.FromObject(((Number) value).doubleValue());
    }
}
