package org.omtpdm.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A closed-loop load of simulated devices over plain CoAP: every device has a socket of its own and
 * one request in flight, and sends the next one when the answer is in. Encodes CoAP itself, so that
 * the generator costs little beside the server it measures. Loopback only.
 *
 * @see "RFC 7252 §3, message format"
 */
final class CoapLoad implements AutoCloseable {

    /** What a device sends once it is registered. */
    enum Traffic {
        UPDATE,
        SEND
    }

    private static final int CREATED = 0x41;
    private static final byte[] LINKS =
            "</>;rt=\"oma.lwm2m\";ct=110,</1/0>,</2>,</3/0>,</4/0>,</5/0>,</6/0>,</7/0>,</20/0>,</42769/0>,</42770/0>,</9/0>,</9/1>"
                    .getBytes(StandardCharsets.UTF_8);

    /** SenML CBOR of /3/0/9 = 77. */
    private static final byte[] BATTERY = {
        (byte) 0x81, (byte) 0xA2, 0x00, 0x66, '/', '3', '/', '0', '/', '9', 0x02, 0x18, 0x4D
    };

    private static final long RESEND_AFTER = Duration.ofSeconds(2).toNanos();

    private final class Device {
        final DatagramChannel channel;
        final String endpoint;
        String location;
        int messageId;
        long sentAt;
        ByteBuffer last;

        Device(int number) throws IOException {
            endpoint = "load-" + number;
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(ByteBuffer message) throws IOException {
            last = message;
            sentAt = System.nanoTime();
            channel.write(message.duplicate());
        }
    }

    private final InetSocketAddress server;
    private final Selector selector;
    private final List<Device> devices = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);

    CoapLoad(InetSocketAddress server, int count) throws IOException {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Load goes to loopback only, not to " + server);
        }
        this.server = server;
        this.selector = Selector.open();
        for (int i = 0; i < count; i++) {
            devices.add(new Device(i));
        }
    }

    /** Registers every device and waits until all are in. */
    void register() throws IOException {
        for (var device : devices) {
            device.send(registration(device));
            exchange(Duration.ofMillis(1), null);
        }
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (devices.stream().anyMatch(device -> device.location == null)) {
            if (System.nanoTime() > end) {
                throw new IOException("Not every device could register within 60 s");
            }
            exchange(Duration.ofMillis(50), null);
        }
    }

    /** Runs the traffic for a time. @return answered requests per second */
    double run(Traffic traffic, Duration time) throws IOException {
        for (var device : devices) {
            device.send(next(device, traffic));
        }
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long answered = 0;
        while (System.nanoTime() < end) {
            answered += exchange(Duration.ofMillis(20), traffic);
        }
        return answered * 1e9 / (System.nanoTime() - start);
    }

    private int exchange(Duration wait, Traffic traffic) throws IOException {
        int answered = 0;
        if (selector.select(wait.toMillis()) == 0) {
            resendLost();
        }
        for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
            var device = (Device) keys.next().attachment();
            in.clear();
            while (device.channel.read(in) > 0) {
                in.flip();
                if (isAnswer(device)) {
                    answered++;
                    if (traffic != null) {
                        device.send(next(device, traffic));
                    }
                }
                in.clear();
            }
        }
        return answered;
    }

    private void resendLost() throws IOException {
        long now = System.nanoTime();
        for (var device : devices) {
            if (device.last != null && now - device.sentAt > RESEND_AFTER) {
                device.send(device.last);
            }
        }
    }

    private boolean isAnswer(Device device) {
        if (in.remaining() < 4 || (in.getShort(2) & 0xFFFF) != (device.messageId & 0xFFFF)) {
            return false;
        }
        int code = in.get(1) & 0xFF;
        if (code >> 5 != 2) {
            throw new IllegalStateException(
                    "The server answered " + (code >> 5) + "." + (code & 31));
        }
        if (code == CREATED && device.location == null) {
            device.location = secondLocationSegment();
        }
        return true;
    }

    private String secondLocationSegment() {
        int at = 4 + (in.get(0) & 15);
        int option = 0;
        String found = null;
        while (at < in.limit() && (in.get(at) & 0xFF) != 0xFF) {
            int delta = (in.get(at) >> 4) & 15;
            int length = in.get(at) & 15;
            at++;
            if (delta == 13) {
                delta = 13 + (in.get(at++) & 0xFF);
            }
            if (length == 13) {
                length = 13 + (in.get(at++) & 0xFF);
            }
            option += delta;
            if (option == 8) {
                var text = new byte[length];
                in.get(at, text);
                found = new String(text, StandardCharsets.UTF_8);
            }
            at += length;
        }
        return found;
    }

    private static ByteBuffer registration(Device device) {
        return new Post(device)
                .option(11, "rd")
                .number(12, 40)
                .option(15, "b=U")
                .option(15, "ep=" + device.endpoint)
                .option(15, "lt=86400")
                .option(15, "lwm2m=1.1")
                .payload(LINKS);
    }

    private static ByteBuffer next(Device device, Traffic traffic) {
        return traffic == Traffic.UPDATE
                ? new Post(device).option(11, "rd").option(11, device.location).payload(null)
                : new Post(device).option(11, "dp").number(12, 112).payload(BATTERY);
    }

    /** Builds a confirmable POST with a token of four bytes. */
    private static final class Post {
        private final ByteBuffer out = ByteBuffer.allocate(512);
        private int option;

        Post(Device device) {
            device.messageId = (device.messageId + 1) & 0xFFFF;
            out.put((byte) 0x44).put((byte) 0x02).putShort((short) device.messageId);
            out.putInt(device.messageId);
        }

        Post option(int number, String value) {
            return raw(number, value.getBytes(StandardCharsets.UTF_8));
        }

        Post number(int number, int value) {
            return raw(number, new byte[] {(byte) value});
        }

        private Post raw(int number, byte[] value) {
            int delta = number - option;
            option = number;
            int length = Math.min(value.length, 13);
            out.put((byte) (delta << 4 | length));
            if (length == 13) {
                out.put((byte) (value.length - 13));
            }
            out.put(value);
            return this;
        }

        ByteBuffer payload(byte[] payload) {
            if (payload != null) {
                out.put((byte) 0xFF).put(payload);
            }
            return out.flip();
        }
    }

    @Override
    public void close() throws IOException {
        for (var device : devices) {
            device.channel.close();
        }
        selector.close();
    }
}
