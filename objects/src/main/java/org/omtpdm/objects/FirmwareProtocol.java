package org.omtpdm.objects;

import java.util.Optional;

/** Protocol a device can fetch firmware with (/5/0/8). */
public enum FirmwareProtocol implements WireCode {
    COAP(0, "CoAP"),
    COAPS(1, "CoAP over DTLS"),
    HTTP(2, "HTTP"),
    HTTPS(3, "HTTPS"),
    COAP_TCP(4, "CoAP over TCP"),
    COAP_TLS(5, "CoAP over TLS");

    private final int code;
    private final String words;

    FirmwareProtocol(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }

    /** The constant of a code; empty when the code has none here. */
    public static Optional<FirmwareProtocol> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
