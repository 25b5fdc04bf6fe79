package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A NAT on loopback that gives its one client a new address on demand. */
final class SwitchingProxy implements AutoCloseable {
    private final DatagramSocket inside;
    private final InetSocketAddress server;
    private volatile DatagramSocket outside;
    private volatile SocketAddress client;

    SwitchingProxy(int serverPort) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        inside = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        switchAddress();
        start("proxy-in", this::fromClient);
    }

    int port() {
        return inside.getLocalPort();
    }

    int outsidePort() {
        return outside.getLocalPort();
    }

    /** From now on the client comes from another port; the old one is dead. */
    void switchAddress() throws IOException {
        var before = outside;
        outside = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var now = outside;
        start("proxy-out", () -> fromServer(now));
        if (before != null) {
            before.close();
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void fromClient() {
        var buffer = new byte[4096];
        while (!inside.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                inside.receive(packet);
                client = packet.getSocketAddress();
                outside.send(new DatagramPacket(buffer, packet.getLength(), server));
            } catch (IOException e) {
                if (inside.isClosed()) {
                    return;
                }
            }
        }
    }

    private void fromServer(DatagramSocket socket) {
        var buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                inside.send(new DatagramPacket(buffer, packet.getLength(), client));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
