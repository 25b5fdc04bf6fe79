package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.omtpdm.server.lwm2m.RawMessage.Option;

/**
 * A device that is nothing but a datagram socket: it says exactly what the test tells it to say.
 */
final class RawDevice implements AutoCloseable {
    /** Requests of the server, as they came. */
    final List<RawMessage> asked = new CopyOnWriteArrayList<>();

    private final DatagramSocket socket;
    private final ConcurrentHashMap<Integer, LinkedBlockingQueue<RawMessage>> waiting =
            new ConcurrentHashMap<>();
    private volatile Function<RawMessage, RawMessage> behaviour = request -> null;
    private int nextId = 1;
    private String location = "";

    RawDevice(int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.connect(InetAddress.getLoopbackAddress(), port);
        var reader = new Thread(this::read, "raw-device");
        reader.setDaemon(true);
        reader.start();
    }

    /** How it answers; null for not at all. */
    RawDevice behaving(Function<RawMessage, RawMessage> how) {
        behaviour = how;
        return this;
    }

    private void read() {
        var buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                received(RawMessage.decode(Arrays.copyOf(buffer, packet.getLength())));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void received(RawMessage message) throws IOException {
        if (message.code() >= 1 && message.code() < 32) {
            asked.add(message);
            var answer = behaviour.apply(message);
            if (answer != null) {
                sendBytes(answer.encode());
            }
            return;
        }
        var queue = waiting.get(message.id());
        if (queue != null) {
            queue.add(message);
        }
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    /** Sends a confirmable request and waits for what comes back with its message id. */
    RawMessage request(int code, String path, String query, int format, byte[] payload)
            throws Exception {
        var options = new ArrayList<Option>();
        for (var segment : path.split("/")) {
            if (!segment.isEmpty()) {
                options.add(Option.text(RawMessage.URI_PATH, segment));
            }
        }
        for (var each : query.split("&")) {
            if (!each.isEmpty()) {
                options.add(Option.text(RawMessage.URI_QUERY, each));
            }
        }
        if (format >= 0) {
            options.add(Option.number(RawMessage.CONTENT_FORMAT, format));
        }
        return exchange(code, options, payload);
    }

    RawMessage exchange(int code, List<Option> options, byte[] payload) throws Exception {
        int id = nextId++;
        var token = ByteBuffer.allocate(2).putShort((short) id).array();
        var queue = new LinkedBlockingQueue<RawMessage>();
        waiting.put(id, queue);
        sendBytes(new RawMessage(0, code, id, token, options, payload).encode());
        var answer = queue.poll(10, TimeUnit.SECONDS);
        waiting.remove(id);
        if (answer == null) {
            throw new AssertionError("the server did not answer within 10 s");
        }
        return answer;
    }

    /** Sends a notification for the token of an observe request. */
    RawMessage notify(RawMessage observe, int number, int format, String payload) throws Exception {
        int id = nextId++;
        var options = new ArrayList<Option>();
        options.add(Option.number(RawMessage.OBSERVE, number));
        if (format >= 0) {
            options.add(Option.number(RawMessage.CONTENT_FORMAT, format));
        }
        var queue = new LinkedBlockingQueue<RawMessage>();
        waiting.put(id, queue);
        var bytes = payload.getBytes(StandardCharsets.UTF_8);
        sendBytes(new RawMessage(0, 0x45, id, observe.token(), options, bytes).encode());
        return queue.poll(10, TimeUnit.SECONDS);
    }

    RawMessage register(String query, String links) throws Exception {
        var answer =
                request(RawMessage.POST, "/rd", query, 40, links.getBytes(StandardCharsets.UTF_8));
        location = answer.joined(RawMessage.LOCATION_PATH);
        return answer;
    }

    RawMessage update(String query) throws Exception {
        return request(RawMessage.POST, location, query, -1, new byte[0]);
    }

    String location() {
        return location;
    }

    @Override
    public void close() {
        socket.close();
    }
}
