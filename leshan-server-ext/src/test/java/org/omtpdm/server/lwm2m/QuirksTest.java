package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/** What odd devices do, byte by byte, and what we make of it (docs: INTEROP quirks 1 to 12). */
class QuirksTest {
    private static final int CONTENT = 0x45;
    private static final int CHANGED = 0x44;
    private static final int NOT_ACCEPTABLE = 0x86;
    private static final int UNSUPPORTED_FORMAT = 0x8F;

    @TempDir Path folder;
    private final RecordingListener listener = new RecordingListener();
    private LeshanDeviceLink link;
    private RawDevice device;

    @BeforeEach
    void open() throws Exception {
        link =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder)
                                .withPorts(0, Optional.of(0))
                                .withAwakeTime(Duration.ofSeconds(3)),
                        new Credentials(),
                        listener,
                        Clock.systemUTC());
        device = new RawDevice(link.coapPort().orElseThrow());
    }

    @AfterEach
    void close() {
        device.close();
        link.close();
    }

    private RegistrationFacts registered(String query, String links) throws Exception {
        assertThat(device.register("ep=odd&" + query, links).codeText()).isEqualTo("2.01");
        return link.registration("odd").orElseThrow();
    }

    private DeviceReply<Reading> ask(DeviceRequest request) {
        return link.send("odd", request, Duration.ofSeconds(12)).join();
    }

    private DeviceReply<Reading> read(String path) {
        return ask(new DeviceRequest.Read(ResourcePath.parse(path)));
    }

    private static ResourceValue value(DeviceReply<Reading> reply, String path) {
        assertThat(reply).isInstanceOf(DeviceReply.Answered.class);
        return ((DeviceReply.Answered<Reading>) reply)
                .value()
                .value(ResourcePath.parse(path))
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- 1: links

    @Test
    @Requirement("R-GEN-08")
    void a_registration_is_read_generously_and_what_is_odd_becomes_notes() throws Exception {
        var facts =
                registered(
                        "lwm2m=1.0&lt=60&b=U",
                        "</>;rt=\"oma.lwm2m\";ct=\"11542 0\", </10>;ver=\"1.1\" ,</10/0>,"
                                + "</sensors>;foo=bar,</3/0>;ver=1.2,</9>;ver=abc,,<//>,"
                                + "<coap://x/y>, garbage ,</16>;blah;x=\"a,b;c\",</5/1/>");
        assertThat(facts.objects()).containsOnlyKeys(3, 5, 9, 10, 16);
        assertThat(facts.objects().get(10).version()).isEqualTo("1.1");
        assertThat(facts.objects().get(3).version()).isEqualTo("1.2");
        assertThat(facts.objects().get(9).version()).isEqualTo("1.0");
        assertThat(facts.objects().get(5).instances()).containsExactly(1);
        assertThat(facts.objects().get(16).instances()).isEmpty();
        assertThat(facts.notes())
                .anyMatch(note -> note.contains("no LwM2M paths"))
                .anyMatch(note -> note.contains("instance /3/0"))
                .anyMatch(note -> note.contains("'abc'"))
                .anyMatch(note -> note.contains("unknown attributes"))
                .anyMatch(note -> note.contains("no links"));
    }

    @Test
    void objects_below_a_root_path_are_found_and_asked_there() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</lw>;rt=\"oma.lwm2m\",</lw/3/0>");
        device.behaving(request -> request.answer(CONTENT, 0, bytes("Acme")));
        assertThat(value(read("/3/0/0"), "/3/0/0")).isEqualTo(new ResourceValue.Text("Acme"));
        assertThat(device.asked.get(0).joined(RawMessage.URI_PATH)).isEqualTo("/lw/3/0/0");
    }

    // ---- 2: versions

    @ParameterizedTest
    @CsvSource({"1.2,1.1", "1.5,1.1", "1.1,1.1", "1.0,1.0", "1,1.0"})
    void later_minor_versions_are_treated_as_1_1(String said, String understood) throws Exception {
        var facts = registered("lwm2m=" + said + "&lt=60", "</3/0>");
        assertThat(facts.lwm2mVersion()).isEqualTo(said);
        assertThat(facts.understoodVersion()).isEqualTo(understood);
        assertThat(facts.notes().stream().anyMatch(note -> note.contains("treated as 1.1")))
                .isEqualTo(said.compareTo("1.1") > 0);
    }

    @Test
    void another_major_version_is_refused_with_4_12_and_told() throws Exception {
        assertThat(device.register("ep=odd&lwm2m=2.0&lt=60", "</3/0>").codeText())
                .isEqualTo("4.12");
        assertThat(link.registrations()).isZero();
        await().until(() -> listener.events.contains("refused VERSION_NOT_SUPPORTED"));
    }

    // ---- 3: parameters

    @ParameterizedTest
    @CsvSource({
        "lwm2m=1.1&b=UQ,true",
        "lwm2m=1.0&b=U&Q,true",
        "lwm2m=1.1&b=U&Q,true",
        "lwm2m=1.0&b=UQS,true",
        "lwm2m=1.1,false",
        "b=U,false",
        "lwm2m=1.1&b=,false",
        "lwm2m=1.1&b=\"U\"&foo=1,false"
    })
    void a_binding_mode_is_taken_as_meant(String query, boolean sleeps) throws Exception {
        assertThat(registered(query + "&lt=60", "</3/0>").queueMode()).isEqualTo(sleeps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lt=abc",
                "lt=-1",
                "lt=99999999999",
                "lt=",
                "lt=1.5",
                "lt=0",
                "b=XYZ",
                "b=UU",
                "b=Q",
                "lwm2m=abc",
                "lwm2m=1.x",
                "lt=5&lt=6",
                "ep=other",
                "ep="
            })
    void senseless_parameters_are_4_00_and_change_nothing(String query) throws Exception {
        var links = "</3/0>";
        assertThat(device.register("ep=odd&lwm2m=1.0&" + query, links).codeText())
                .isEqualTo("4.00");
        assertThat(link.registrations()).isZero();
    }

    @Test
    void a_registration_without_any_object_is_4_00() throws Exception {
        for (var links : List.of("", "</a/b>", "\u0000\u0001", "<", "</>;rt=\"oma.lwm2m\"")) {
            assertThat(device.register("ep=odd&lwm2m=1.1&lt=60", links).codeText())
                    .isEqualTo("4.00");
        }
        assertThat(link.registrations()).isZero();
    }

    @Test
    void a_lifetime_may_be_missing_and_zero_is_for_ever_since_1_1() throws Exception {
        assertThat(registered("lwm2m=1.1", "</3/0>").lifetime()).isEqualTo(Duration.ofDays(1));
        assertThat(registered("lwm2m=1.1&lt=0", "</3/0>").lifetime())
                .isGreaterThan(Duration.ofDays(40_000));
    }

    // ---- 4: instances

    @Test
    void instance_ids_need_not_be_0() throws Exception {
        var facts = registered("lwm2m=1.1&lt=60&b=U", "</1/1>,</3/7>,</2>");
        assertThat(facts.objects().get(1).instances()).containsExactly(1);
        assertThat(facts.objects().get(3).instances()).containsExactly(7);
        assertThat(facts.objects().get(2).instances()).isEmpty();
    }

    // ---- 5: formats

    @Test
    void a_device_that_knows_only_tlv_is_asked_for_tlv_from_then_on() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</>;ct=\"112 110\",</3/0>");
        device.behaving(
                request ->
                        request.number(RawMessage.ACCEPT) == 11542
                                ? request.answer(
                                        CONTENT,
                                        11542,
                                        new byte[] {(byte) 0xC4, 0, 'A', 'c', 'm', 'e'})
                                : request.answer(NOT_ACCEPTABLE, -1, new byte[0]));
        assertThat(value(read("/3/0"), "/3/0/0")).isEqualTo(new ResourceValue.Text("Acme"));
        assertThat(device.asked).hasSize(3);
        read("/3/0");
        assertThat(device.asked).hasSize(4);
        assertThat(link.experience("odd"))
                .contains("Doesn't answer in SenML CBOR, SenML JSON.", "Answers in TLV.");
    }

    @Test
    void a_device_that_refuses_every_accept_answers_in_its_own_format() throws Exception {
        registered("lwm2m=1.0&lt=60&b=U", "</3/0>");
        device.behaving(
                request ->
                        request.number(RawMessage.ACCEPT) >= 0
                                ? request.answer(0x82, -1, bytes("bad option"))
                                : request.answer(CONTENT, 0, bytes("42")));
        assertThat(value(read("/3/0/9"), "/3/0/9")).isEqualTo(new ResourceValue.Int(42));
        assertThat(device.asked).hasSize(2);
        read("/3/0/9");
        assertThat(device.asked).hasSize(3);
    }

    @Test
    void an_answer_without_content_format_is_guessed_or_kept_raw() throws Exception {
        registered("lwm2m=1.0&lt=60&b=U", "</3/0>,</3441/0>");
        device.behaving(request -> request.answer(CONTENT, -1, bytes("42")));
        assertThat(value(read("/3/0/9"), "/3/0/9")).isEqualTo(new ResourceValue.Int(42));
        assertThat(link.experience("odd"))
                .contains("Answers without saying the format; it is guessed.");
        device.behaving(request -> request.answer(CONTENT, -1, new byte[] {(byte) 0xC1, 9, 55}));
        assertThat(value(read("/3/0/9"), "/3/0/9")).isEqualTo(new ResourceValue.Int(55));
        var nonsense = new byte[] {0, (byte) 0xFF, 3, 4};
        device.behaving(request -> request.answer(CONTENT, -1, nonsense));
        assertThat(value(read("/3/0/9"), "/3/0/9")).isEqualTo(new ResourceValue.Bytes(nonsense));
        device.behaving(request -> request.answer(CONTENT, 11542, nonsense));
        assertThat(value(read("/3/0"), "/3/0")).isEqualTo(new ResourceValue.Bytes(nonsense));
    }

    @Test
    void a_write_refused_in_one_format_goes_in_another() throws Exception {
        registered("lwm2m=1.0&lt=60&b=U", "</1/0>");
        device.behaving(
                request ->
                        request.number(RawMessage.CONTENT_FORMAT) == 0
                                ? request.answer(CHANGED, -1, new byte[0])
                                : request.answer(UNSUPPORTED_FORMAT, -1, new byte[0]));
        var path = ResourcePath.parse("/1/0/1");
        var write = new DeviceRequest.Write(path, Map.of(path, new ResourceValue.Int(60)));
        assertThat(ask(write)).isInstanceOf(DeviceReply.Answered.class);
        assertThat(device.asked.get(1).text()).isEqualTo("60");
        ask(write);
        assertThat(device.asked).hasSize(3);
    }

    // ---- 6: composite operations

    @Test
    void unanswered_composite_reads_become_single_ones_for_good() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</>;ct=112,</3/0>");
        device.behaving(
                request ->
                        request.code() == RawMessage.FETCH
                                ? null
                                : request.answer(CONTENT, 0, bytes("7")));
        var composite =
                new DeviceRequest.ReadComposite(
                        List.of(ResourcePath.parse("/3/0/9"), ResourcePath.parse("/3/0/0")));
        var reply = link.send("odd", composite, Duration.ofSeconds(6)).join();
        assertThat(value(reply, "/3/0/9")).isEqualTo(new ResourceValue.Int(7));
        assertThat(value(reply, "/3/0/0")).isEqualTo(new ResourceValue.Text("7"));
        assertThat(link.experience("odd")).anyMatch(words -> words.contains("unanswered"));
        device.asked.clear();
        assertThat(ask(composite)).isInstanceOf(DeviceReply.Answered.class);
        assertThat(device.asked).allMatch(request -> request.code() == RawMessage.GET);
    }

    // ---- 7: status codes

    @ParameterizedTest
    @CsvSource({"160,5.00", "161,5.01", "128,4.00", "133,4.05", "159,4.31"})
    void any_error_is_a_refusal_with_the_devices_words(int code, String text) throws Exception {
        registered("lwm2m=1.0&lt=60&b=U", "</3/0>");
        device.behaving(request -> request.answer(code, -1, bytes("no <b>way</b>\u0007")));
        var reply = ask(new DeviceRequest.Execute(ResourcePath.parse("/3/0/4"), "0='1'"));
        if (code == 159) {
            // Californium doesn't know 4.31: the exchange ends without an answer
            assertThat(reply).isNotInstanceOf(DeviceReply.Answered.class);
            return;
        }
        var refused = (DeviceReply.Refused<Reading>) reply;
        assertThat(refused.coapCode()).isEqualTo(text);
        assertThat(refused.diagnostic()).isEqualTo("no <b>way</b>\uFFFD");
        assertThat(device.asked.get(0).text()).isEqualTo("0='1'");
    }

    // ---- 8: sleep

    @Test
    @Requirement("R-GEN-07")
    void a_sleeper_is_asked_only_while_it_is_awake() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U&Q", "</3/0>");
        device.behaving(
                request ->
                        request.answer(
                                CONTENT,
                                0,
                                bytes("1"),
                                RawMessage.Option.number(RawMessage.OBSERVE, 1)));
        await().until(() -> listener.events.contains("awake odd"));
        assertThat(link.isReachable("odd")).isTrue();
        ask(new DeviceRequest.Observe(ResourcePath.parse("/3/0/9")));
        var observe = device.asked.get(0);
        await().until(() -> listener.events.contains("asleep odd"));
        assertThat(link.isReachable("odd")).isFalse();
        assertThat(read("/3/0/9")).isInstanceOf(DeviceReply.NotSent.class);
        assertThat(device.asked).hasSize(1);

        listener.events.clear();
        device.notify(observe, 2, 0, "5");
        await().until(() -> listener.events.contains("awake odd"));
        assertThat(link.isReachable("odd")).isTrue();
        assertThat(read("/3/0/9")).isInstanceOf(DeviceReply.Answered.class);
    }

    @Test
    void registering_anew_from_the_same_address_forgets_observations() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U&Q", "</3/0>");
        device.behaving(
                request ->
                        request.answer(
                                CONTENT,
                                0,
                                bytes("1"),
                                RawMessage.Option.number(RawMessage.OBSERVE, 1)));
        ask(new DeviceRequest.Observe(ResourcePath.parse("/3/0/9")));
        var observe = device.asked.get(0);
        assertThat(link.observations("odd")).hasSize(1);
        registered("lwm2m=1.1&lt=60&b=U&Q", "</3/0>");
        assertThat(link.observations("odd")).isEmpty();
        await().until(() -> listener.events.contains("registered odd anew"));
        assertThat(device.notify(observe, 3, 0, "9").type()).as("RST").isEqualTo(3);
        assertThat(listener.notifications).isEmpty();
    }

    @Test
    void a_notification_that_comes_late_is_not_taken_for_news() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</3/0>");
        device.behaving(
                request ->
                        request.answer(
                                CONTENT,
                                0,
                                bytes("1"),
                                RawMessage.Option.number(RawMessage.OBSERVE, 10)));
        ask(new DeviceRequest.Observe(ResourcePath.parse("/3/0/9")));
        var observe = device.asked.get(0);
        device.notify(observe, 12, 0, "12");
        device.notify(observe, 11, 0, "11");
        device.notify(observe, 13, 0, "13");
        await().until(() -> listener.notifications.size() >= 2);
        assertThat(listener.notifications)
                .extracting(reading -> reading.values().values().iterator().next())
                .containsExactly(new ResourceValue.Int(12), new ResourceValue.Int(13));
    }

    // ---- 10: a device that dies

    @Test
    void a_device_that_dies_stays_until_its_lifetime_ends() throws Exception {
        registered("lwm2m=1.1&lt=3&b=U", "</3/0>");
        var reply =
                link.send(
                                "odd",
                                new DeviceRequest.Read(ResourcePath.parse("/3/0")),
                                Duration.ofSeconds(1))
                        .join();
        assertThat(reply).isInstanceOf(DeviceReply.Silent.class);
        assertThat(link.registration("odd")).isPresent();
        await().until(() -> listener.events.contains("expired odd"));
        assertThat(link.registration("odd")).isEmpty();
        assertThat(device.update("").codeText()).isEqualTo("4.04");
    }

    // ---- 11: clocks

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000", "300000000", "9999999999999", "1e18", "-1e300"})
    void a_clock_that_is_decades_off_never_fails(String time) throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</3/0>");
        var before = Instant.now().minusSeconds(5);
        var pack = "[{\"bn\":\"/3/0/9\",\"bt\":" + time + ",\"v\":5},{\"t\":-10,\"v\":4}]";
        assertThat(device.request(RawMessage.POST, "/dp", "", 110, bytes(pack)).codeText())
                .isEqualTo("2.04");
        await().until(() -> listener.sends.size() == 2 || listener.sends.size() == 1);
        var last = listener.sends.get(listener.sends.size() - 1);
        assertThat(last.at()).isBetween(before, Instant.now().plusSeconds(5));
        assertThat(link.experience("odd")).anyMatch(words -> words.contains("clock"));
    }

    @Test
    void times_a_device_says_are_kept_when_they_can_be() throws Exception {
        registered("lwm2m=1.1&lt=60&b=U", "</3/0>");
        long at = Instant.now().minusSeconds(100).getEpochSecond();
        var pack = "[{\"bn\":\"/3/0/9\",\"bt\":" + at + ",\"v\":5},{\"t\":60,\"v\":6}]";
        device.request(RawMessage.POST, "/dp", "", 110, bytes(pack));
        await().until(() -> listener.sends.size() == 2);
        assertThat(listener.sends.get(0).at()).isEqualTo(Instant.ofEpochSecond(at));
        assertThat(listener.sends.get(1).at()).isEqualTo(Instant.ofEpochSecond(at + 60));
        assertThat(link.experience("odd")).isEmpty();
    }

    // ---- 12: objects nobody described

    @Test
    void unknown_objects_are_read_raw() throws Exception {
        registered("lwm2m=1.0&lt=60&b=U", "</26999/3>");
        var tlv = new byte[] {(byte) 0xC2, 1, 'h', 'i', (byte) 0x86, 2, 0x41, 0, 5, 0x41, 1, 6};
        device.behaving(request -> request.answer(CONTENT, 11542, tlv));
        var reply = (DeviceReply.Answered<Reading>) read("/26999/3");
        assertThat(reply.value().raw()).isTrue();
        assertThat(reply.value().values())
                .containsEntry(
                        ResourcePath.parse("/26999/3/1"), new ResourceValue.Bytes(bytes("hi")))
                .containsEntry(
                        ResourcePath.parse("/26999/3/2/1"),
                        new ResourceValue.Bytes(new byte[] {6}));
        device.behaving(request -> request.answer(CONTENT, 0, bytes("text")));
        assertThat(value(read("/26999/3/1"), "/26999/3/1"))
                .isEqualTo(new ResourceValue.Text("text"));
        device.behaving(request -> request.answer(CONTENT, 42, new byte[] {1, 2}));
        assertThat(value(read("/26999/3/1"), "/26999/3/1"))
                .isEqualTo(new ResourceValue.Bytes(new byte[] {1, 2}));
        device.behaving(request -> request.answer(CONTENT, 4711, new byte[] {1, 2}));
        assertThat(value(read("/26999/3"), "/26999/3"))
                .isEqualTo(new ResourceValue.Bytes(new byte[] {1, 2}));
    }
}
