package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ResourcePath;

/** 4 MiB in both directions, between our stack and plain Californium, over DTLS. */
class StreamingTest {
    private static final int SIZE = (4 << 20) + 7;

    @TempDir Path folder;
    private final byte[] bytes = new byte[SIZE];
    private final AtomicLong largestRead = new AtomicLong();
    private LeshanDeviceLink link;
    private DtlsDevice device;

    private final StreamedContent content =
            new StreamedContent() {
                @Override
                public long size() {
                    return SIZE;
                }

                @Override
                public byte[] entityTag() {
                    return new byte[] {1, 2};
                }

                @Override
                public byte[] read(long offset, int length) {
                    largestRead.accumulateAndGet(length, Math::max);
                    return Arrays.copyOfRange(
                            bytes, (int) offset, (int) Math.min(SIZE, offset + length));
                }
            };

    @BeforeEach
    void open() throws Exception {
        new Random(1).nextBytes(bytes);
        link =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder),
                        new Credentials().with("anvil"),
                        new RecordingListener(),
                        Clock.systemUTC());
        device = new DtlsDevice(link.coapsPort(), "id-anvil", Credentials.keyOf("anvil"), SIZE);
        assertThat(
                        device.request(
                                        Code.POST,
                                        "rd",
                                        "ep=anvil&lwm2m=1.1&lt=60&b=U",
                                        40,
                                        "</5/0>")
                                .getCode())
                .isEqualTo(ResponseCode.CREATED);
    }

    @AfterEach
    void close() {
        device.close();
        link.close();
    }

    @Test
    void a_device_fetches_4_mib_block_by_block() throws Exception {
        link.serve(
                "files",
                (path, identity) ->
                        path.equals(List.of("image")) && identity.equals(Optional.of("id-anvil"))
                                ? Optional.of(content)
                                : Optional.empty());
        var request = new Request(Code.GET, Type.CON);
        request.getOptions().setUriPath("files/image");
        assertThat(device.exchange(request, Duration.ofMinutes(2)).getPayload()).isEqualTo(bytes);
        assertThat(largestRead).hasValue(1024);

        var missing = new Request(Code.GET, Type.CON);
        missing.getOptions().setUriPath("files/other");
        assertThat(device.exchange(missing).getCode()).isEqualTo(ResponseCode.NOT_FOUND);
        var beyond = new Request(Code.GET, Type.CON);
        beyond.getOptions().setUriPath("files/image").setBlock2(6, false, 5000);
        assertThat(device.exchange(beyond).getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
        var json = new Request(Code.GET, Type.CON);
        json.getOptions().setUriPath("files/image").setAccept(50);
        assertThat(device.exchange(json).getCode()).isEqualTo(ResponseCode.NOT_ACCEPTABLE);
        assertThat(device.request(Code.POST, "files/image", "", -1, "x").getCode())
                .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void four_mib_are_pushed_block_by_block_and_reads_go_between() {
        var received = new java.util.concurrent.CompletableFuture<byte[]>();
        device.answering(
                exchange -> {
                    if (exchange.getRequest().getCode() == Code.PUT) {
                        received.complete(exchange.getRequest().getPayload());
                        exchange.sendResponse(new Response(ResponseCode.CHANGED));
                    } else {
                        exchange.sendResponse(DtlsDevice.content("1"));
                    }
                });
        var push =
                link.push("anvil", ResourcePath.parse("/5/0/0"), content, Duration.ofSeconds(10))
                        .orElseThrow();
        BlockPush.Progress progress = push.next().join();
        int blocks = 1;
        while (progress.reply().isEmpty()) {
            if (blocks % 1000 == 0) {
                var read = new DeviceRequest.Read(ResourcePath.parse("/5/0/3"));
                assertThat(link.send("anvil", read, Duration.ofSeconds(10)).join())
                        .isInstanceOf(DeviceReply.Answered.class);
            }
            progress = push.next().join();
            blocks++;
        }
        assertThat(progress.reply().get()).isInstanceOf(DeviceReply.Answered.class);
        assertThat(progress.sent()).isEqualTo(SIZE);
        // plain Californium asks for blocks of 512 bytes
        assertThat(blocks).isEqualTo(8192);
        assertThat(received.join()).isEqualTo(bytes);
    }

    @Test
    void a_push_ends_when_the_device_refuses() {
        device.answering(
                exchange -> exchange.sendResponse(new Response(ResponseCode.METHOD_NOT_ALLOWED)));
        var empty =
                new StreamedContent() {
                    @Override
                    public long size() {
                        return 3;
                    }

                    @Override
                    public byte[] entityTag() {
                        return new byte[] {1};
                    }

                    @Override
                    public byte[] read(long offset, int length) {
                        return new byte[3];
                    }
                };
        var push =
                link.push("anvil", ResourcePath.parse("/5/0/0"), empty, Duration.ofSeconds(10))
                        .orElseThrow();
        assertThat(push.next().join().reply().orElseThrow())
                .isEqualTo(new DeviceReply.Refused<Reading>("4.05", ""));
    }
}
