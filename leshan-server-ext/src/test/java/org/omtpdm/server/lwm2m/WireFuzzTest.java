package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.RawMessage.Option;
import org.slf4j.LoggerFactory;

/** Ten thousand damaged messages of every kind we accept, over a real socket. */
class WireFuzzTest {
    private static final int SEEDS = 5;
    private static final int PER_SEED = 2000;
    private static final String LINKS = "</>;rt=\"oma.lwm2m\";ct=\"112 110\",</1/0>,</3/0>;ver=1.1";

    @TempDir Path folder;
    private final RecordingListener listener = new RecordingListener();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("org.omtpdm.server.lwm2m");
    private LeshanDeviceLink link;
    private DatagramSocket socket;
    private int nextId;

    @BeforeEach
    void open() throws Exception {
        link =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder).withPorts(0, Optional.of(0)),
                        new Credentials(),
                        listener,
                        Clock.systemUTC());
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(InetAddress.getLoopbackAddress(), link.coapPort().orElseThrow());
        socket.setSoTimeout(60);
        lines.start();
        root.addAppender(lines);
        ours.setLevel(Level.DEBUG);
    }

    @AfterEach
    void close() {
        ours.setLevel(null);
        root.detachAppender(lines);
        socket.close();
        link.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RawMessage post(String path, List<String> query, int format, byte[] payload) {
        var options = new ArrayList<Option>();
        for (var segment : path.split("/")) {
            options.add(Option.text(RawMessage.URI_PATH, segment));
        }
        query.forEach(each -> options.add(Option.text(RawMessage.URI_QUERY, each)));
        options.add(Option.number(RawMessage.CONTENT_FORMAT, format));
        return new RawMessage(0, RawMessage.POST, 0, new byte[] {1, 2, 3}, options, payload);
    }

    private List<RawMessage> valid() {
        var registration =
                link.registration("fuzz").map(RegistrationFacts::registrationId).orElse("0");
        var json = bytes("[{\"bn\":\"/3/0/\",\"n\":\"9\",\"v\":5},{\"n\":\"0\",\"vs\":\"x\"}]");
        var cbor = HexFormat.of().parseHex("82a321652f332f302f006139021905a2006130036141");
        return List.of(
                post("rd", List.of("ep=fuzz", "lt=300", "lwm2m=1.1", "b=U"), 40, bytes(LINKS)),
                post("rd", List.of("ep=other", "lwm2m=1.0", "b=UQ"), 40, bytes("</3/0>,</1/1>")),
                post("rd/" + registration, List.of("lt=400"), 40, bytes(LINKS)),
                post("rd/" + registration, List.of(), 40, new byte[0]),
                post("dp", List.of(), 110, json),
                post("dp", List.of(), 112, cbor),
                new RawMessage(
                        0,
                        RawMessage.GET,
                        0,
                        new byte[] {9},
                        List.of(
                                Option.text(RawMessage.URI_PATH, ".well-known"),
                                Option.text(RawMessage.URI_PATH, "core"),
                                Option.number(RawMessage.ACCEPT, 40)),
                        new byte[0]),
                // the first block of a registration
                new RawMessage(
                        0,
                        RawMessage.POST,
                        0,
                        new byte[] {7},
                        List.of(
                                Option.text(RawMessage.URI_PATH, "rd"),
                                Option.text(RawMessage.URI_QUERY, "ep=block"),
                                new Option(27, new byte[] {0x08})),
                        bytes("</3/0>,</1/0>,</")));
    }

    /** Everything but times, as words. */
    private String state() {
        var state = new TreeMap<String, String>();
        for (var endpoint : List.of("fuzz", "other", "block")) {
            link.registration(endpoint)
                    .ifPresent(
                            facts ->
                                    state.put(
                                            endpoint,
                                            facts.registrationId()
                                                    + facts.lifetime()
                                                    + facts.bindingMode()
                                                    + facts.objects()));
        }
        return state + " of " + link.registrations();
    }

    /** Sends it with a message id of its own; the answer when one is due. */
    private Optional<RawMessage> exchange(byte[] datagram) throws Exception {
        int id = ++nextId & 0xFFFF;
        if (datagram.length >= 4) {
            datagram[2] = (byte) (id >> 8);
            datagram[3] = (byte) id;
        }
        socket.send(new DatagramPacket(datagram, datagram.length));
        boolean due =
                datagram.length >= 4
                        && (datagram[0] & 0xF0) == 0x40
                        && (datagram[0] & 0x0F) <= 8
                        && datagram.length >= 4 + (datagram[0] & 0x0F)
                        && datagram[1] >= 1
                        && datagram[1] < 32;
        var buffer = new byte[4096];
        long end = System.nanoTime() + (due ? 300_000_000L : 200_000L);
        while (System.nanoTime() < end) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout(due ? 60 : 1);
                socket.receive(packet);
                var answer = RawMessage.decode(Arrays.copyOf(buffer, packet.getLength()));
                assertNoServerError(answer);
                if (answer.id() == id) {
                    return Optional.of(answer);
                }
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static void assertNoServerError(RawMessage answer) {
        if (answer.code() >> 5 == 5) {
            assertThat(answer.codeText()).as(answer.text()).isEqualTo("5.03");
        }
    }

    @Test
    void damaged_requests_get_clear_errors_and_change_nothing() throws Exception {
        exchange(valid().get(0).encode());
        int errors = 0;
        int successes = 0;
        long before = used();
        for (int seed = 1; seed <= SEEDS; seed++) {
            var mutator = new Mutator(seed);
            for (int i = 0; i < PER_SEED; i++) {
                var valid = valid();
                var chosen = valid.get(i % valid.size());
                var damaged = damaged(mutator, chosen, i);
                if (damaged.length > 0) {
                    // CON: the answer tells when it is done
                    damaged[0] = (byte) (damaged[0] & 0x0F | 0x40);
                }
                var stateBefore = state();
                var answer = exchange(damaged);
                if (answer.isPresent() && answer.get().code() >> 5 == 4) {
                    errors++;
                    assertThat(state())
                            .as(
                                    "seed %d, message %d %s, %s",
                                    seed,
                                    i,
                                    HexFormat.of().formatHex(damaged),
                                    answer.get().codeText() + " " + answer.get().text())
                            .isEqualTo(stateBefore);
                } else if (answer.isPresent() && answer.get().code() >> 5 == 2) {
                    successes++;
                }
            }
        }
        assertThat(errors).isGreaterThan(SEEDS * PER_SEED / 5);
        assertThat(successes).isPositive();
        assertThat(used() - before).isLessThan(48L << 20);
        assertThat(lines.list).hasSizeLessThan(10);
        assertThat(exchange(valid().get(0).encode()).orElseThrow().codeText()).isEqualTo("2.01");
    }

    @Test
    void messages_of_any_type_get_no_server_error() throws Exception {
        exchange(valid().get(0).encode());
        var mutator = new Mutator(7);
        for (int i = 0; i < 1000; i++) {
            var damaged = damaged(mutator, valid().get(i % 8), i);
            if (damaged.length > 0 && i % 3 == 0) {
                damaged[0] ^= (byte) (0x10 << mutator.random().nextInt(4));
            }
            exchange(damaged);
        }
        assertThat(exchange(valid().get(0).encode()).orElseThrow().codeText()).isEqualTo("2.01");
        assertThat(lines.list).hasSizeLessThan(10);
    }

    /** Four of five are mutations: of the whole datagram, or of the payload alone. */
    private static byte[] damaged(Mutator mutator, RawMessage valid, int i) {
        return switch (i / 8 % 5) {
            case 0 -> mutator.noise(80);
            case 1, 2 -> mutator.mutate(valid.encode());
            default ->
                    new RawMessage(
                                    valid.type(),
                                    valid.code(),
                                    0,
                                    valid.token(),
                                    valid.options(),
                                    mutator.mutate(valid.payload()))
                            .encode();
        };
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void damaged_answers_and_notifications_end_as_replies() throws Exception {
        try (var device = new RawDevice(link.coapPort().orElseThrow())) {
            device.register("ep=fuzz&lwm2m=1.1&lt=300&b=U", LINKS);
            var mutator = new Mutator(99);
            var tlv = HexFormat.of().parseHex("c40041636d65c809024142860641000141010c");
            var json = bytes("[{\"bn\":\"/3/0/\",\"n\":\"9\",\"v\":5}]");
            device.behaving(
                    request -> {
                        int kind = mutator.random().nextInt(5);
                        var payload =
                                mutator.mutate(kind < 2 ? tlv : kind < 4 ? json : bytes("42"));
                        int format = kind < 2 ? 11542 : kind < 4 ? 110 : -1;
                        return request.answer(
                                0x45, format, payload, Option.number(RawMessage.OBSERVE, 1));
                    });
            for (int i = 0; i < 2500; i++) {
                var path = ResourcePath.parse(i % 3 == 0 ? "/3/0/9" : "/3/0");
                var request =
                        i % 50 == 0
                                ? new DeviceRequest.Observe(path)
                                : new DeviceRequest.Read(path);
                assertThat(link.send("fuzz", request, Duration.ofSeconds(5)).join())
                        .isInstanceOf(DeviceReply.Answered.class);
            }
            var observe =
                    device.asked.stream()
                            .filter(request -> request.number(RawMessage.OBSERVE) == 0)
                            .reduce((first, second) -> second)
                            .orElseThrow();
            for (int i = 0; i < 500; i++) {
                var bad =
                        new RawMessage(
                                        0,
                                        0x45,
                                        30_000 + i,
                                        observe.token(),
                                        List.of(
                                                Option.number(RawMessage.OBSERVE, 10 + i),
                                                Option.number(RawMessage.CONTENT_FORMAT, 11542)),
                                        mutator.mutate(tlv))
                                .encode();
                device.sendBytes(i % 4 == 0 ? mutator.mutate(bad) : bad);
            }
            device.behaving(request -> request.answer(0x45, 0, bytes("42")));
            await().until(
                            () ->
                                    link.send(
                                                            "fuzz",
                                                            new DeviceRequest.Read(
                                                                    ResourcePath.parse("/3/0/9")),
                                                            Duration.ofSeconds(5))
                                                    .join()
                                            instanceof DeviceReply.Answered);
            assertThat(listener.notifications).isNotEmpty();
            assertThat(lines.list).hasSizeLessThan(10);
        }
    }
}
