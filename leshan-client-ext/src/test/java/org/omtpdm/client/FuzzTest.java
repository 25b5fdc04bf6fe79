package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mEncoder;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ObjectModels;
import org.slf4j.LoggerFactory;

/**
 * Thousands of wrong messages, nearly all of them mutations of right ones: each gets an answer that
 * is no 5.xx, and what is refused changes nothing.
 */
class FuzzTest {

    private static final int REQUESTS = 3000;
    private static final int DATAGRAMS = 2000;
    private static final LwM2mModel MODEL = new StaticModel(ObjectModels.current());

    @TempDir Path data;
    private final Random random = new Random(20260101);

    /** A message the device accepts. */
    private record Valid(
            Code method, String path, int format, byte[] payload, List<String> query) {}

    private static List<Valid> valid() {
        DefaultLwM2mEncoder encoder = new DefaultLwM2mEncoder();
        LwM2mNode lifetime = LwM2mSingleResource.newIntegerResource(1, 300);
        LwM2mNode server =
                new LwM2mObjectInstance(0, LwM2mSingleResource.newIntegerResource(1, 300));
        List<Valid> valid = new ArrayList<>();
        for (ContentFormat format :
                List.of(
                        ContentFormat.TLV,
                        ContentFormat.SENML_CBOR,
                        ContentFormat.SENML_JSON,
                        ContentFormat.CBOR,
                        ContentFormat.TEXT)) {
            LwM2mPath path = new LwM2mPath(1, 0, 1);
            valid.add(
                    new Valid(
                            Code.PUT,
                            "1/0/1",
                            format.getCode(),
                            encoder.encode(lifetime, format, path, MODEL),
                            List.of()));
        }
        for (ContentFormat format :
                List.of(ContentFormat.TLV, ContentFormat.SENML_CBOR, ContentFormat.SENML_JSON)) {
            byte[] instance = encoder.encode(server, format, new LwM2mPath(1, 0), MODEL);
            valid.add(new Valid(Code.POST, "1/0", format.getCode(), instance, List.of()));
        }
        for (ContentFormat format : List.of(ContentFormat.SENML_CBOR, ContentFormat.SENML_JSON)) {
            Map<LwM2mPath, LwM2mNode> nodes =
                    new TreeMap<>(Map.of(new LwM2mPath(1, 0, 1), lifetime));
            valid.add(
                    new Valid(
                            Code.IPATCH,
                            "",
                            format.getCode(),
                            encoder.encodeNodes(nodes, format, MODEL),
                            List.of()));
            valid.add(
                    new Valid(
                            Code.FETCH,
                            "",
                            format.getCode(),
                            encoder.encodePaths(
                                    List.of(new LwM2mPath(3, 0), new LwM2mPath(1, 0, 1)), format),
                            List.of()));
        }
        for (String arguments :
                List.of("0='4000000000',1='1700000000',2='1',3='5',9='7'", "0='1',1='1'")) {
            valid.add(execute("42769/0/3", arguments));
        }
        valid.add(execute("42769/0/20", "1='*a*',2='1',6='1',9='4'"));
        valid.add(execute("42770/0/20", "0='0:documents',7='3',6='2'"));
        valid.add(execute("42770/0/4", "0='0:download/readme.txt',1='1'"));
        valid.add(execute("42770/0/6", "0='0:download/readme.txt',1='3',2='9'"));
        valid.add(execute("20/0/4011", "0='1'"));
        valid.add(
                new Valid(
                        Code.PUT,
                        "3/0/9",
                        -1,
                        new byte[0],
                        List.of("pmin=5", "pmax=50", "gt=3.5")));
        valid.add(new Valid(Code.GET, "3/0", -1, new byte[0], List.of()));
        return valid;
    }

    private static Valid execute(String path, String arguments) {
        return new Valid(
                Code.POST, path, 0, arguments.getBytes(StandardCharsets.US_ASCII), List.of());
    }

    private byte[] mutate(byte[] bytes) {
        byte[] mutated = bytes.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int kind = random.nextInt(5);
            int at = mutated.length == 0 ? 0 : random.nextInt(mutated.length);
            if (mutated.length == 0 || kind == 0) {
                byte[] longer = Arrays.copyOf(mutated, mutated.length + 1 + random.nextInt(8));
                for (int j = mutated.length; j < longer.length; j++) {
                    longer[j] = (byte) random.nextInt(256);
                }
                mutated = longer;
            } else if (kind == 1) {
                mutated = Arrays.copyOf(mutated, at);
            } else if (kind == 2) {
                mutated[at] ^= (byte) (1 << random.nextInt(8));
            } else if (kind == 3) {
                mutated[at] = (byte) random.nextInt(256);
            } else {
                mutated[at] =
                        new byte[] {0, -1, 0x7F, (byte) 0x80, '\'', ',', '%', '/'}
                                [random.nextInt(8)];
            }
        }
        return mutated;
    }

    private Request request(Valid valid) {
        int kind = random.nextInt(10);
        Code method = kind == 0 ? Code.values()[random.nextInt(7)] : valid.method;
        Request request = new Request(method);
        String path = valid.path;
        if (kind == 1) {
            path =
                    new String(
                            mutate(path.getBytes(StandardCharsets.UTF_8)),
                            StandardCharsets.ISO_8859_1);
            path = path.replace("\0", "0");
        }
        request.getOptions().setUriPath(path.length() > 200 ? path.substring(0, 200) : path);
        for (String part : valid.query) {
            String query =
                    new String(
                            mutate(part.getBytes(StandardCharsets.UTF_8)),
                            StandardCharsets.US_ASCII);
            request.getOptions().addUriQuery(query.isEmpty() ? "x" : query);
        }
        int format = kind == 2 ? random.nextInt(65536) : valid.format;
        boolean takesPayload = method != Code.GET && method != Code.DELETE;
        if (takesPayload) {
            byte[] payload = kind == 3 ? valid.payload : mutate(valid.payload);
            if (format >= 0) {
                request.getOptions().setContentFormat(format);
            }
            request.setPayload(payload);
        }
        if (kind == 4) {
            request.getOptions().setAccept(random.nextInt(65536));
        }
        return request;
    }

    private List<String> state(OneDevice it) throws Exception {
        Path state = data.resolve(it.endpoint()).resolve("state");
        return List.of(
                Files.exists(state) ? Files.readString(state) : "",
                it.device().journal().toString(),
                it.device().world().processes().names().toString());
    }

    @Test
    void wrong_requests_are_answered_and_what_is_refused_changes_nothing() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        try (OneDevice it = OneDevice.start(data)) {
            List<Valid> valid = valid();
            int refused = 0;
            for (int i = 0; i < REQUESTS; i++) {
                Valid base = valid.get(random.nextInt(valid.size()));
                if (base.method == Code.POST && base.path.equals("42769/0/3") && i % 7 == 0) {
                    base = valid.get(0);
                }
                Request request = request(base);
                List<String> before = state(it);
                Response response = it.send(request);
                int codeClass = response.getCode().value >> 5;
                assertThat(codeClass).as("%s %s -> %s", i, request, response).isBetween(2, 4);
                if (codeClass == 4) {
                    refused++;
                    assertThat(state(it)).as("%s %s -> %s", i, request, response).isEqualTo(before);
                }
            }
            assertThat(refused).isGreaterThan(REQUESTS / 3);
            assertThat(it.text("/3/0/17")).isNotEmpty();
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(event -> event.getLoggerName().startsWith("org.omtpdm"))
                .isEmpty();
    }

    @Test
    void datagrams_that_are_no_messages_do_no_harm() throws Exception {
        try (OneDevice it = OneDevice.start(data)) {
            CaliforniumServerEndpoint coap =
                    (CaliforniumServerEndpoint) it.server().leshan().getEndpoint(Protocol.COAP);
            var to =
                    new AddressEndpointContext(
                            it.server().registration(it.endpoint()).getSocketAddress());
            // a confirmable GET of /3/0 with a token, to begin with
            byte[] get = {0x42, 0x01, 0x12, 0x34, 0x55, 0x66, (byte) 0xB1, '3', 0x01, '0'};
            List<String> before = state(it);
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] bytes = random.nextInt(5) == 0 ? new byte[random.nextInt(64)] : mutate(get);
                coap.getCoapEndpoint()
                        .getConnector()
                        .send(RawData.outbound(bytes, to, null, false));
            }

            assertThat(it.text("/3/0/17")).isNotEmpty();
            assertThat(state(it)).isEqualTo(before);
        }
    }
}
