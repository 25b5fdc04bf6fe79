package org.omtpdm.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Stands between a device and a server on loopback: counts datagrams and bytes of payload in each
 * direction, and loses, repeats or delays some of them when told to. Each peer that talks to it
 * gets a port of its own towards the server, so that the server tells devices apart. Thread-safe;
 * one thread moves the datagrams.
 */
public final class UdpProxy implements AutoCloseable {

    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress server;
    private final Map<SocketAddress, Path> paths = new HashMap<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
    private final Thread mover;
    private final Random random;
    private volatile Weather weather = Weather.FAIR;
    private volatile boolean cut;
    private Traffic traffic = Traffic.NONE;

    /**
     * How bad the network is, each a share of all datagrams.
     *
     * @param delayMillis how long a delayed datagram is overtaken by others
     */
    public record Weather(double loss, double duplication, double delay, int delayMillis) {
        public static final Weather FAIR = new Weather(0, 0, 0, 0);
    }

    /** Datagrams and their payload bytes: to the server and from the server. */
    public record Traffic(
            long toServer, long bytesToServer, long fromServer, long bytesFromServer) {
        static final Traffic NONE = new Traffic(0, 0, 0, 0);

        public long datagrams() {
            return toServer + fromServer;
        }

        public long bytes() {
            return bytesToServer + bytesFromServer;
        }

        /** UDP over IPv4 adds 28 bytes to each datagram. */
        public long bytesOnTheWire() {
            return bytes() + 28 * datagrams();
        }
    }

    private record Path(SocketAddress device, DatagramChannel back) {}

    private record Delayed(long dueNanos, ByteBuffer datagram, Path path, boolean toServer)
            implements Comparable<Delayed> {
        @Override
        public int compareTo(Delayed other) {
            return Long.compare(dueNanos - other.dueNanos, 0);
        }
    }

    private UdpProxy(InetSocketAddress server, long seed) throws IOException {
        this.server = server;
        this.random = new Random(seed);
        this.selector = Selector.open();
        this.front = DatagramChannel.open();
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        front.configureBlocking(false);
        front.register(selector, SelectionKey.OP_READ);
        this.mover = new Thread(this::move, "udp-proxy");
        mover.setDaemon(true);
        mover.start();
    }

    /**
     * A proxy on a free port in front of a server on loopback; the seed makes its weather
     * repeatable.
     */
    public static UdpProxy before(int serverPort, long seed) {
        try {
            return new UdpProxy(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return front.socket().getLocalPort();
    }

    public void weather(Weather now) {
        weather = now;
    }

    /** While cut, nothing passes in either direction. */
    public void cut(boolean now) {
        cut = now;
    }

    public synchronized Traffic traffic() {
        return traffic;
    }

    public synchronized void resetTraffic() {
        traffic = Traffic.NONE;
    }

    private void move() {
        try {
            while (selector.isOpen()) {
                selector.select(millisUntilDue());
                for (SelectionKey key : selector.selectedKeys()) {
                    receive((DatagramChannel) key.channel(), (Path) key.attachment());
                }
                selector.selectedKeys().clear();
                sendDue();
            }
        } catch (ClosedSelectorException e) {
            // closed
        } catch (IOException e) {
            if (selector.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private long millisUntilDue() {
        Delayed next = delayed.peek();
        return next == null ? 0 : Math.max(1, (next.dueNanos() - System.nanoTime()) / 1_000_000);
    }

    private void sendDue() throws IOException {
        for (Delayed next = delayed.peek();
                next != null && next.dueNanos() - System.nanoTime() <= 0;
                next = delayed.peek()) {
            delayed.remove();
            pass(next.datagram(), next.path(), next.toServer());
        }
    }

    private void receive(DatagramChannel channel, Path path) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocate(65_536);
        SocketAddress sender =
                path == null ? front.receive(datagram) : path.back().receive(datagram);
        if (sender == null) {
            return;
        }
        datagram.flip();
        Path way = path == null ? pathOf(sender) : path;
        boolean toServer = path == null;
        count(toServer, datagram.remaining());
        Weather now = weather;
        if (cut || random.nextDouble() < now.loss()) {
            return;
        }
        List<ByteBuffer> copies = new ArrayList<>(List.of(datagram));
        if (random.nextDouble() < now.duplication()) {
            copies.add(datagram.duplicate());
        }
        for (ByteBuffer copy : copies) {
            if (random.nextDouble() < now.delay()) {
                long wait = 1_000_000L * (1 + random.nextInt(now.delayMillis()));
                delayed.add(new Delayed(System.nanoTime() + wait, copy.duplicate(), way, toServer));
            } else {
                pass(copy.duplicate(), way, toServer);
            }
        }
    }

    private Path pathOf(SocketAddress device) throws IOException {
        Path known = paths.get(device);
        if (known != null) {
            return known;
        }
        DatagramChannel back = DatagramChannel.open();
        back.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        back.configureBlocking(false);
        Path path = new Path(device, back);
        back.register(selector, SelectionKey.OP_READ, path);
        paths.put(device, path);
        return path;
    }

    private void pass(ByteBuffer datagram, Path path, boolean toServer) {
        try {
            if (toServer) {
                path.back().send(datagram, server);
            } else {
                front.send(datagram, path.device());
            }
        } catch (IOException e) {
            // nobody listens there at the moment: a lost datagram
        }
    }

    private synchronized void count(boolean toServer, int bytes) {
        traffic =
                toServer
                        ? new Traffic(
                                traffic.toServer + 1,
                                traffic.bytesToServer + bytes,
                                traffic.fromServer,
                                traffic.bytesFromServer)
                        : new Traffic(
                                traffic.toServer,
                                traffic.bytesToServer,
                                traffic.fromServer + 1,
                                traffic.bytesFromServer + bytes);
    }

    @Override
    public void close() {
        try {
            selector.close();
            front.close();
            mover.join(1000);
            for (Path path : paths.values()) {
                path.back().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
