package org.omtpdm.objects;

import java.util.Optional;

/** Kind of network connection (/4/0/0 and /4/0/1). */
public enum NetworkBearer implements WireCode {
    GSM(0, "GSM"),
    TD_SCDMA(1, "TD-SCDMA"),
    WCDMA(2, "WCDMA"),
    CDMA2000(3, "CDMA2000"),
    WIMAX(4, "WiMAX"),
    LTE_TDD(5, "LTE-TDD"),
    LTE_FDD(6, "LTE-FDD"),
    NB_IOT(7, "NB-IoT"),
    NR_5G(8, "5G NR"),
    WLAN(21, "Wi-Fi"),
    BLUETOOTH(22, "Bluetooth"),
    IEEE_802_15_4(23, "IEEE 802.15.4"),
    ETHERNET(41, "Ethernet"),
    DSL(42, "DSL"),
    POWER_LINE(43, "power line");

    private final int code;
    private final String words;

    NetworkBearer(int code, String words) {
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
    public static Optional<NetworkBearer> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
