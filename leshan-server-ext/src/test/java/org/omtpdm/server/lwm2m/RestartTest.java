package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ResourcePath;

/** Stops, kills and restarts with a device that goes on living. */
class RestartTest {
    private static final DeviceRequest READ = new DeviceRequest.Read(ResourcePath.parse("/3/0/0"));

    @TempDir Path folder;
    private final Credentials credentials = new Credentials().with("anvil");
    private final RecordingListener listener = new RecordingListener();
    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        try (var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();
        }
    }

    private LeshanDeviceLink open() {
        return LeshanDeviceLink.open(
                Lwm2mConfig.onLoopback(folder)
                        .withPorts(port, Optional.empty())
                        .withDtlsStateKey(new byte[16]),
                credentials,
                listener,
                Clock.systemUTC());
    }

    private static DeviceReply<Reading> read(LeshanDeviceLink link) {
        return link.send("anvil", READ, Duration.ofSeconds(10)).join();
    }

    @Test
    void after_a_kill_the_server_calls_and_the_device_answers() throws Exception {
        var killed = open();
        try (var device = BareLeshanClient.secured("anvil", port)) {
            await().until(() -> listener.events.contains("registered anvil"));
            var path = ResourcePath.parse("/1/0/1");
            killed.send("anvil", new DeviceRequest.Observe(path), Duration.ofSeconds(10)).join();
            var id = killed.registration("anvil").orElseThrow().registrationId();
            killed.abandon();

            try (var link = open()) {
                assertThat(link.registration("anvil").orElseThrow().registrationId()).isEqualTo(id);
                assertThat(link.observations("anvil")).containsExactly(path);
                assertThat(read(link)).isInstanceOf(DeviceReply.Answered.class);
                await().until(() -> !listener.events.isEmpty());
                assertThat(device.registered()).hasSize(1);
                assertThat(listener.events).doesNotContain("registered anvil anew");
            }
        }
    }

    @Test
    void a_clean_stop_keeps_the_dtls_session_and_loads_it_once() throws Exception {
        var stopped = open();
        try (var device = BareLeshanClient.secured("anvil", port)) {
            await().until(() -> listener.events.contains("registered anvil"));
            stopped.close();
            var file = folder.resolve("dtls-connections");
            assertThat(file).exists();
            assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("anvil");
            listener.events.clear();
            listener.newSessions.clear();
            try (var link = open()) {
                assertThat(file).doesNotExist();
                assertThat(read(link)).isInstanceOf(DeviceReply.Answered.class);
                assertThat(listener.newSessions).isEmpty();
                assertThat(device.registered()).hasSize(1);
            }
        }
    }

    @Test
    void a_saved_file_of_another_key_or_torn_is_gone_and_forgotten() throws Exception {
        Files.write(folder.resolve("dtls-connections"), new byte[] {16, 1, 2, 3, 4, 5});
        try (var link = open()) {
            assertThat(folder.resolve("dtls-connections")).doesNotExist();
            assertThat(link.registrations()).isZero();
        }
    }
}
