package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpProxyTest {

    private DatagramSocket server;
    private UdpProxy proxy;
    private DatagramSocket device;
    private final AtomicInteger answered = new AtomicInteger();

    @BeforeEach
    void anEchoServerBehindAProxy() throws Exception {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(this::echo);
        echo.setDaemon(true);
        echo.start();
        proxy = UdpProxy.before(server.getLocalPort(), 1);
        device = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        device.setSoTimeout(2000);
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
        device.close();
    }

    private void echo() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            while (true) {
                server.receive(packet);
                answered.incrementAndGet();
                server.send(packet);
                packet.setLength(2000);
            }
        } catch (java.io.IOException e) {
            // closed
        }
    }

    private void send(int length) throws Exception {
        device.send(
                new DatagramPacket(
                        new byte[length],
                        length,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
    }

    @Test
    void it_passes_and_counts_both_directions() throws Exception {
        send(10);
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        device.receive(answer);

        assertThat(answer.getLength()).isEqualTo(10);
        assertThat(proxy.traffic()).isEqualTo(new UdpProxy.Traffic(1, 10, 1, 10));
        assertThat(proxy.traffic().bytesOnTheWire()).isEqualTo(20 + 56);
    }

    @Test
    void bad_weather_loses_repeats_and_delays() throws Exception {
        proxy.weather(new UdpProxy.Weather(0.5, 0, 0.2, 20));
        for (int i = 0; i < 200; i++) {
            send(1);
        }
        await().until(() -> proxy.traffic().toServer() == 200);
        await().during(Duration.ofMillis(100))
                .until(() -> answered.get() > 60 && answered.get() < 140);

        answered.set(0);
        proxy.weather(new UdpProxy.Weather(0, 1, 0, 0));
        send(1);
        await().until(() -> answered.get() == 2);

        proxy.cut(true);
        answered.set(0);
        send(1);
        await().during(Duration.ofMillis(100)).until(() -> answered.get() == 0);
    }
}
