package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/** A bare Leshan client over DTLS on loopback. */
class LeshanDeviceLinkTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @TempDir Path folder;
    private final Credentials credentials = new Credentials().with("anvil");
    private final RecordingListener listener = new RecordingListener();
    private LeshanDeviceLink link;

    @BeforeEach
    void open() {
        link =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder), credentials, listener, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        link.close();
    }

    private DeviceReply<Reading> ask(DeviceRequest request) {
        return link.send("anvil", request, TEN_SECONDS).join();
    }

    private static ResourceValue value(DeviceReply<Reading> reply, String path) {
        assertThat(reply).isInstanceOf(DeviceReply.Answered.class);
        return ((DeviceReply.Answered<Reading>) reply)
                .value()
                .value(ResourcePath.parse(path))
                .orElseThrow();
    }

    @Test
    @Requirement("R-GEN-01")
    void a_device_registers_over_dtls_and_is_read() {
        try (var device = BareLeshanClient.secured("anvil", link.coapsPort())) {
            await().until(() -> link.registration("anvil").isPresent());
            var facts = link.registration("anvil").orElseThrow();
            assertThat(facts.secured()).isTrue();
            assertThat(facts.understoodVersion()).isEqualTo("1.1");
            assertThat(facts.objects()).containsKeys(1, 3);
            assertThat(facts.objects().get(3).instances()).containsExactly(0);
            await().until(() -> listener.events.contains("registered anvil"));

            assertThat(value(ask(new DeviceRequest.Read(ResourcePath.parse("/3/0/0"))), "/3/0/0"))
                    .isEqualTo(new ResourceValue.Text("Acme"));
            assertThat(value(ask(new DeviceRequest.Read(ResourcePath.parse("/3/0"))), "/3/0/1"))
                    .isEqualTo(new ResourceValue.Text("Anvil"));
            assertThat(device.registered()).isNotEmpty();
        }
    }

    @Test
    void operations_are_answered_refused_or_not_sent() {
        try (var device = BareLeshanClient.secured("anvil", link.coapsPort())) {
            await().until(() -> link.registration("anvil").isPresent());
            var refused = ask(new DeviceRequest.Execute(ResourcePath.parse("/3/0/5"), ""));
            assertThat(refused).isInstanceOf(DeviceReply.Refused.class);
            assertThat(((DeviceReply.Refused<Reading>) refused).coapCode()).isEqualTo("4.04");
            var written =
                    ask(
                            new DeviceRequest.Write(
                                    ResourcePath.parse("/1/0/1"),
                                    java.util.Map.of(
                                            ResourcePath.parse("/1/0/1"),
                                            new ResourceValue.Int(600))));
            assertThat(written).isInstanceOf(DeviceReply.Answered.class);
            assertThat(value(ask(new DeviceRequest.Read(ResourcePath.parse("/1/0/1"))), "/1/0/1"))
                    .isEqualTo(new ResourceValue.Int(600));
            var composite =
                    ask(
                            new DeviceRequest.ReadComposite(
                                    java.util.List.of(
                                            ResourcePath.parse("/3/0/0"),
                                            ResourcePath.parse("/1/0/1"))));
            assertThat(value(composite, "/3/0/0")).isEqualTo(new ResourceValue.Text("Acme"));
            assertThat(value(composite, "/1/0/1")).isEqualTo(new ResourceValue.Int(600));
            assertThat(ask(new DeviceRequest.Discover(ResourcePath.parse("/3"))))
                    .isInstanceOf(DeviceReply.Answered.class);
            assertThat(device.registered()).isNotEmpty();
        }
        assertThat(
                        link.send(
                                        "nobody",
                                        new DeviceRequest.Read(ResourcePath.parse("/3/0")),
                                        TEN_SECONDS)
                                .join())
                .isInstanceOf(DeviceReply.NotSent.class);
    }

    @Test
    void notifications_of_an_observed_resource_reach_the_listener() {
        try (var device = BareLeshanClient.secured("anvil", link.coapsPort())) {
            await().until(() -> link.registration("anvil").isPresent());
            var path = ResourcePath.parse("/1/0/1");
            assertThat(value(ask(new DeviceRequest.Observe(path)), "/1/0/1"))
                    .isEqualTo(new ResourceValue.Int(300));
            assertThat(link.observations("anvil")).containsExactly(path);
            ask(new DeviceRequest.Write(path, java.util.Map.of(path, new ResourceValue.Int(900))));
            await().untilAsserted(
                            () ->
                                    assertThat(listener.notifications)
                                            .anySatisfy(
                                                    reading ->
                                                            assertThat(reading.value(path))
                                                                    .contains(
                                                                            new ResourceValue.Int(
                                                                                    900))));
            ask(new DeviceRequest.CancelObservation(path));
            assertThat(link.observations("anvil")).isEmpty();
            assertThat(device.registered()).isNotEmpty();
        }
    }

    @Test
    void a_bare_client_in_queue_mode_sends_and_is_awake() throws Exception {
        try (var device = BareLeshanClient.inQueueMode("anvil", link.coapsPort())) {
            await().until(() -> listener.events.contains("awake anvil"));
            var facts = link.registration("anvil").orElseThrow();
            assertThat(facts.queueMode()).isTrue();
            assertThat(facts.awakeUntil()).isPresent();
            assertThat(link.isReachable("anvil")).isTrue();
            device.send("/3/0/0", "/1/0/1");
            await().until(() -> listener.events.contains("sent anvil"));
            assertThat(listener.sends.get(0).values())
                    .containsEntry(ResourcePath.parse("/3/0/0"), new ResourceValue.Text("Acme"))
                    .containsEntry(ResourcePath.parse("/1/0/1"), new ResourceValue.Int(300));
            device.triggerUpdate();
            await().until(() -> listener.events.contains("updated anvil"));
        }
    }

    @Test
    void a_bare_client_without_dtls_registers_and_goes() throws Exception {
        var other = folder.resolve("plain");
        try (var plain =
                        LeshanDeviceLink.open(
                                Lwm2mConfig.onLoopback(other)
                                        .withPorts(0, java.util.Optional.of(0)),
                                credentials,
                                listener,
                                Clock.systemUTC());
                var device = BareLeshanClient.plain("free", plain.coapPort().orElseThrow())) {
            await().until(() -> plain.registration("free").isPresent());
            assertThat(plain.registration("free").orElseThrow().secured()).isFalse();
            device.client.stop(true);
            await().until(() -> listener.events.contains("deregistered free"));
            assertThat(plain.registrations()).isZero();
        }
    }

    @Test
    void discover_tells_the_instances_there_are_now() throws Exception {
        try (var device = BareLeshanClient.secured("anvil", link.coapsPort())) {
            await().until(() -> link.registration("anvil").isPresent());
            assertThat(ask(new DeviceRequest.Discover(ResourcePath.parse("/1"))))
                    .isInstanceOf(DeviceReply.Answered.class);
            assertThat(link.registration("anvil").orElseThrow().objects().get(1).instances())
                    .containsExactly(0);
            assertThat(device.registered()).isNotEmpty();
        }
    }
}
