package org.omtpdm.client.virtual;

import java.util.List;

/** A kind of device that really exists in fleets, with invented makers and models. */
public enum DeviceKind {
    HANDSET(
            "handset",
            "Norrland Mobile",
            List.of("N5 Aurora", "N7 Fjord"),
            "2.4",
            List.of("phone", "dialer", "mail-sync", "browser", "camera-service", "launcher")),
    SCANNER(
            "scanner",
            "Veldhoek Devices",
            List.of("VS-210", "VS-310 Rugged"),
            "5.1",
            List.of("scan-service", "stock-app", "wedge", "launcher")),
    TABLET(
            "tablet",
            "Norrland Mobile",
            List.of("T10 Skerry"),
            "2.4",
            List.of("launcher", "forms", "pdf-viewer", "browser", "mail-sync")),
    TERMINAL(
            "terminal",
            "Castello Payments",
            List.of("CP-80", "CP-95"),
            "9.0",
            List.of("payment-core", "printer", "tamper-watch", "journal")),
    GATEWAY(
            "gateway",
            "Isar Automation",
            List.of("IG-4", "IG-8"),
            "3.7",
            List.of("modbus-bridge", "mqtt-relay", "lan-watch", "ntpd"));

    private final String prefix;
    private final String manufacturer;
    private final List<String> models;
    private final String release;
    private final List<String> applications;

    DeviceKind(
            String prefix,
            String manufacturer,
            List<String> models,
            String release,
            List<String> applications) {
        this.prefix = prefix;
        this.manufacturer = manufacturer;
        this.models = models;
        this.release = release;
        this.applications = applications;
    }

    String prefix() {
        return prefix;
    }

    String manufacturer() {
        return manufacturer;
    }

    List<String> models() {
        return models;
    }

    /** Major and minor version of the firmware that is current. */
    String release() {
        return release;
    }

    List<String> applications() {
        return applications;
    }

    boolean hasBattery() {
        return this != GATEWAY && this != TERMINAL;
    }

    boolean isMobile() {
        return this == HANDSET || this == TABLET;
    }
}
