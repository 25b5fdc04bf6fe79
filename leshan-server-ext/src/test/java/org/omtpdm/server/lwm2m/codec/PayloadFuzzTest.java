package org.omtpdm.server.lwm2m.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.ObjectModels;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.Mutator;

/** Payloads of every format, whole and damaged. */
class PayloadFuzzTest {
    private static final PayloadDecoder DECODER =
            new PayloadDecoder(new ObjectDefinitions(ObjectModels.everyVersion()));
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ResourcePath DEVICE = ResourcePath.parse("/3/0");

    private static final Map<ResourcePath, ResourceValue> VALUES =
            Map.of(
                    ResourcePath.parse("/3/0/0"), new ResourceValue.Text("Acme \"ü\""),
                    ResourcePath.parse("/3/0/9"), new ResourceValue.Int(-70000),
                    ResourcePath.parse("/3/0/13"),
                            new ResourceValue.Time(Instant.ofEpochSecond(1_700_000_000L)),
                    ResourcePath.parse("/3/0/6/0"), new ResourceValue.Int(1),
                    ResourcePath.parse("/3/0/6/3"), new ResourceValue.Int(5),
                    ResourcePath.parse("/3/0/11/300"), new ResourceValue.Int(0));

    private static List<byte[]> valid() {
        return List.of(
                PayloadEncoder.encode(Format.TLV, DEVICE, VALUES),
                PayloadEncoder.encode(Format.SENML_CBOR, DEVICE, VALUES),
                PayloadEncoder.encode(Format.SENML_JSON, DEVICE, VALUES),
                "{\"bn\":\"/3/0/\",\"bt\":1.7e9,\"e\":[{\"n\":\"9\",\"v\":1},{\"n\":\"0\",\"sv\":\"x\"}]}"
                        .getBytes(StandardCharsets.UTF_8),
                new byte[] {0x19, 1, 2},
                "42".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void values_read_back_as_written_in_every_structured_format() throws Exception {
        for (var format : List.of(Format.TLV, Format.SENML_CBOR, Format.SENML_JSON)) {
            var payload = PayloadEncoder.encode(format, DEVICE, VALUES);
            var readings = DECODER.decode(format, payload, DEVICE, id -> "1.1", NOW);
            assertThat(readings).hasSize(1);
            assertThat(readings.get(0).values()).isEqualTo(VALUES);
            assertThat(readings.get(0).raw()).isFalse();
        }
    }

    @Test
    void every_single_value_reads_back_in_every_format_that_carries_it() throws Exception {
        var cases =
                Map.of(
                        "/3/0/9", new ResourceValue.Int(Long.MIN_VALUE),
                        "/3/0/0", new ResourceValue.Text(""),
                        "/6/0/0", new ResourceValue.Float(-1.5e-7),
                        "/5/0/0", new ResourceValue.Bytes(new byte[300]),
                        "/1/0/6", new ResourceValue.Bool(true),
                        "/3/0/13", new ResourceValue.Time(Instant.ofEpochSecond(-5)));
        for (var each : cases.entrySet()) {
            var path = ResourcePath.parse(each.getKey());
            var values = Map.<ResourcePath, ResourceValue>of(path, each.getValue());
            for (var format : Format.values()) {
                if (PayloadEncoder.canCarry(format, path, values)) {
                    var payload = PayloadEncoder.encode(format, path, values);
                    assertThat(
                                    DECODER.decode(format, payload, path, id -> "1.0", NOW)
                                            .get(0)
                                            .values())
                            .as("%s in %s", path, format)
                            .isEqualTo(values);
                }
            }
        }
    }

    @Test
    void damaged_payloads_are_undecodable_or_values_and_nothing_else() {
        var paths =
                List.of(
                        ResourcePath.ROOT,
                        ResourcePath.parse("/3"),
                        DEVICE,
                        ResourcePath.parse("/3/0/9"),
                        ResourcePath.parse("/3/0/6/0"),
                        ResourcePath.parse("/26999/0/1"));
        int undecodable = 0;
        for (int seed = 1; seed <= 5; seed++) {
            var mutator = new Mutator(seed);
            for (int i = 0; i < 2000; i++) {
                var valid = valid().get(i % valid().size());
                var damaged = i % 5 == 0 ? mutator.noise(60) : mutator.mutate(valid);
                var path = paths.get(mutator.random().nextInt(paths.size()));
                for (var format : Format.values()) {
                    try {
                        assertThat(DECODER.decode(format, damaged, path, id -> "1.1", NOW))
                                .isNotEmpty();
                    } catch (UndecodableException e) {
                        undecodable++;
                    }
                }
                assertThat(DECODER.guess(Optional.empty(), damaged, path, id -> "1.1", NOW))
                        .isNotNull();
            }
        }
        assertThat(undecodable).isPositive();
    }

    @Test
    void numbers_with_giant_exponents_and_deep_nesting_are_refused_at_once() {
        var hex = HexFormat.of();
        var bombs =
                List.of(
                        // [{0: "/3/0/9", 2: 4([999999999, 1])}]: a decimal fraction
                        hex.parseHex("81a200662f332f302f3902c4821a3b9ac9ff01"),
                        // the same as big float
                        hex.parseHex("81a200662f332f302f3902c5821a3b9ac9ff01"),
                        // time as decimal fraction
                        hex.parseHex("81a300662f332f302f39020106c4821a3b9ac9ff01"),
                        // an array that says it has 2^32 - 1 entries
                        hex.parseHex("9affffffff"),
                        // a text of 2^62 bytes
                        hex.parseHex("81a1007b4000000000000000"));
        for (var bomb : bombs) {
            assertUndecodable(Format.SENML_CBOR, bomb);
        }
        assertUndecodable(Format.SENML_JSON, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertUndecodable(
                Format.SENML_JSON,
                ("[{\"n\":\"/3/0/9\",\"v\":" + "9".repeat(5000) + "}]")
                        .getBytes(StandardCharsets.UTF_8));
        var deep = new byte[60_000];
        for (int i = 0; i + 3 < deep.length; i += 4) {
            int left = deep.length - i - 4;
            deep[i] = 0x10;
            deep[i + 2] = (byte) (left >> 8);
            deep[i + 3] = (byte) left;
        }
        assertUndecodable(Format.TLV, deep);
    }

    private static void assertUndecodable(Format format, byte[] payload) {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () ->
                                        DECODER.decode(
                                                format,
                                                payload,
                                                ResourcePath.parse("/3"),
                                                id -> "1.0",
                                                NOW)))
                .isInstanceOf(UndecodableException.class);
    }
}
