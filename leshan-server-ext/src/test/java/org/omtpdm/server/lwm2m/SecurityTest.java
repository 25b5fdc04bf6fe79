package org.omtpdm.server.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;

/** Who may come in, and who is shown as refused. Real DTLS on loopback. */
class SecurityTest {
    private static final String LINKS = "</1/0>,</3/0>";

    @TempDir Path folder;
    private final Credentials credentials = new Credentials().with("anvil").with("bell");
    private final RecordingListener listener = new RecordingListener();
    private LeshanDeviceLink link;

    @BeforeEach
    void open() {
        link =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder).withPorts(0, Optional.of(0)),
                        credentials,
                        listener,
                        Clock.systemUTC());
    }

    @AfterEach
    void close() {
        link.close();
    }

    private DtlsDevice device(String endpoint) throws Exception {
        return new DtlsDevice(link.coapsPort(), "id-" + endpoint, Credentials.keyOf(endpoint));
    }

    private static ResponseCode register(DtlsDevice device, String query) throws Exception {
        return device.request(Code.POST, "rd", query, 40, LINKS).getCode();
    }

    private DeviceListener.RefusedContact refusal(RefusalReason reason) {
        await().until(() -> listener.refusals.stream().anyMatch(each -> each.reason() == reason));
        return listener.refusals.stream()
                .filter(each -> each.reason() == reason)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Requirement("R-GEN-01")
    void no_plain_coap_unless_switched_on() throws Exception {
        try (var closed =
                LeshanDeviceLink.open(
                        Lwm2mConfig.onLoopback(folder.resolve("other")),
                        credentials,
                        listener,
                        Clock.systemUTC())) {
            assertThat(closed.coapPort()).isEmpty();
        }
    }

    @Test
    void an_unknown_identity_is_refused_and_told_with_its_address() throws Exception {
        try (var device = new DtlsDevice(link.coapsPort(), "stranger", new byte[16])) {
            assertThat(device.request(Code.POST, "rd", "ep=x&lwm2m=1.1&lt=60", 40, LINKS)).isNull();
            var refusal = refusal(RefusalReason.UNKNOWN_IDENTITY);
            assertThat(refusal.identity()).isEqualTo("stranger");
            assertThat(refusal.address()).startsWith("127.0.0.1:");
            assertThat(listener.refusals).hasSize(1);
        }
    }

    @Test
    void a_wrong_key_is_refused_and_told_with_endpoint_and_identity() throws Exception {
        try (var device = new DtlsDevice(link.coapsPort(), "id-anvil", new byte[16])) {
            assertThat(device.request(Code.POST, "rd", "ep=anvil&lwm2m=1.1&lt=60", 40, LINKS))
                    .isNull();
            var refusal = refusal(RefusalReason.WRONG_KEY);
            assertThat(refusal.identity()).isEqualTo("id-anvil");
            assertThat(refusal.endpoint()).isEqualTo("anvil");
            assertThat(refusal.detail()).doesNotContain("key of anvil");
            assertThat(link.registrations()).isZero();
        }
    }

    @Test
    @Requirement("R-GEN-02")
    void an_endpoint_of_another_identity_is_4_00() throws Exception {
        try (var device = device("anvil")) {
            assertThat(register(device, "ep=bell&lwm2m=1.1&lt=60"))
                    .isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(link.registrations()).isZero();
            var refusal = refusal(RefusalReason.ENDPOINT_MISMATCH);
            assertThat(refusal.endpoint()).isEqualTo("bell");
            assertThat(refusal.identity()).isEqualTo("id-anvil");
            assertThat(register(device, "lwm2m=1.1&lt=60")).isEqualTo(ResponseCode.CREATED);
            assertThat(link.registration("anvil")).isPresent();
        }
    }

    @Test
    void a_registration_of_another_identity_is_neither_updated_nor_removed() throws Exception {
        try (var anvil = device("anvil");
                var bell = device("bell");
                var plain = new RawDevice(link.coapPort().orElseThrow())) {
            register(anvil, "ep=anvil&lwm2m=1.1&lt=60");
            var facts = link.registration("anvil").orElseThrow();
            var path = "rd/" + facts.registrationId();
            assertThat(bell.request(Code.POST, path, "lt=5", -1, "").getCode())
                    .isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(bell.request(Code.DELETE, path, "", -1, "").getCode())
                    .isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(plain.request(RawMessage.DELETE, path, "", -1, new byte[0]).codeText())
                    .isEqualTo("4.00");
            assertThat(bell.request(Code.POST, "dp", "", 110, "[]").getCode())
                    .isEqualTo(ResponseCode.NOT_FOUND);
            assertThat(link.registration("anvil")).contains(facts);
            assertThat(anvil.request(Code.DELETE, path, "", -1, "").getCode())
                    .isEqualTo(ResponseCode.DELETED);
            assertThat(link.registrations()).isZero();
        }
    }

    @Test
    void a_secured_endpoint_over_plain_coap_is_refused() throws Exception {
        try (var plain = new RawDevice(link.coapPort().orElseThrow())) {
            assertThat(plain.register("ep=anvil&lwm2m=1.1&lt=60", LINKS).codeText())
                    .isEqualTo("4.03");
            assertThat(link.registrations()).isZero();
            assertThat(refusal(RefusalReason.SECURITY_REQUIRED).endpoint()).isEqualTo("anvil");
            assertThat(plain.register("ep=free&lwm2m=1.1&lt=60", LINKS).codeText())
                    .isEqualTo("2.01");
        }
    }

    @Test
    void a_revoked_identity_is_refused_on_its_open_session() throws Exception {
        try (var device = device("anvil")) {
            register(device, "ep=anvil&lwm2m=1.1&lt=60");
            var path = "rd/" + link.registration("anvil").orElseThrow().registrationId();
            credentials.revoke("anvil");
            assertThat(device.request(Code.POST, path, "", -1, "").getCode())
                    .isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(register(device, "ep=anvil&lwm2m=1.1&lt=60"))
                    .isEqualTo(ResponseCode.FORBIDDEN);
            var send = "[{\"n\":\"/3/0/9\",\"v\":1}]";
            assertThat(device.request(Code.POST, "dp", "", 110, send).getCode())
                    .isEqualTo(ResponseCode.NOT_FOUND);
            assertThat(listener.sends).isEmpty();
        }
    }

    @Test
    void a_flood_of_refusals_is_told_in_bounded_number() throws Exception {
        try (var plain = new RawDevice(link.coapPort().orElseThrow())) {
            for (int i = 0; i < 500; i++) {
                plain.register("ep=anvil&lwm2m=1.1&lt=60", LINKS);
                plain.register("ep=x" + i + "&lwm2m=3.0&lt=60", LINKS);
            }
            assertThat(listener.refusals.size()).isBetween(2, 450);
            assertThat(listener.refusals)
                    .filteredOn(each -> each.reason() == RefusalReason.SECURITY_REQUIRED)
                    .hasSizeBetween(1, 3);
        }
    }

    @Test
    void a_device_that_moves_under_its_connection_id_is_followed_at_once() throws Exception {
        try (var proxy = new SwitchingProxy(link.coapsPort());
                var device = new DtlsDevice(proxy.port(), "id-anvil", Credentials.keyOf("anvil"))) {
            device.answering(exchange -> exchange.sendResponse(DtlsDevice.content("5")));
            register(device, "ep=anvil&lwm2m=1.1&lt=60&b=U");
            int before = proxy.outsidePort();
            assertThat(link.registration("anvil").orElseThrow().address()).endsWith(":" + before);
            proxy.switchAddress();
            var send = "[{\"n\":\"/3/0/9\",\"v\":1}]";
            assertThat(device.request(Code.POST, "dp", "", 110, send).getCode())
                    .isEqualTo(ResponseCode.CHANGED);
            assertThat(link.registration("anvil").orElseThrow().address())
                    .endsWith(":" + proxy.outsidePort());
            var path = ResourcePath.parse("/3/0/9");
            var reply =
                    link.send("anvil", new DeviceRequest.Read(path), Duration.ofSeconds(5)).join();
            assertThat(reply).isInstanceOf(DeviceReply.Answered.class);
            assertThat(((DeviceReply.Answered<Reading>) reply).value().value(path))
                    .contains(new ResourceValue.Int(5));
        }
    }

    @Test
    void names_full_of_markup_are_kept_and_control_characters_refused() throws Exception {
        try (var plain = new RawDevice(link.coapPort().orElseThrow())) {
            var markup = "<img src=x onerror=alert(1)>'\"%00";
            assertThat(plain.register("ep=" + markup + "&lwm2m=1.1&lt=60", LINKS).codeText())
                    .isEqualTo("2.01");
            assertThat(link.registration(markup)).isPresent();
            for (var bad : new String[] {"a\u0000b", "a\nb", "a\u202Eb", "a\u2028b"}) {
                var answer = plain.register("ep=" + bad + "&lwm2m=1.1&lt=60", LINKS);
                assertThat(answer.codeText()).isEqualTo("4.00");
                assertThat(new String(answer.payload(), StandardCharsets.UTF_8))
                        .doesNotContain(bad);
            }
            assertThat(link.registrations()).isEqualTo(1);
        }
    }
}
