package org.omtpdm.server.lwm2m;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the link listens and what it allows.
 *
 * @param bindAddress where both endpoints listen
 * @param coapsPort DTLS; 0 for any free port
 * @param coapPort plain CoAP, 0 for any free port; empty when NoSec is off, as it is by default
 * @param dataFolder holds the folder {@code registrations} and, between a clean stop and the next
 *     start, the file {@code dtls-connections}
 * @param dtlsStateKey 16 or 32 bytes: encrypts the saved DTLS connections; empty to save none
 * @param defaultLifetime for a device that names none
 * @param awakeTime how long a device in queue mode listens after it was heard
 * @param maxInFlight requests to devices at one time, 1 to 1,000,000
 * @param maxRegistrations beyond it a Register is answered 5.03
 * @param maxBodySize bytes of a request or answer put together from blocks, 1 KiB to 16 MiB
 * @param maxConnections DTLS connections kept
 * @param callsPerSecond handshakes the server starts per second after a restart
 */
public record Lwm2mConfig(
        InetAddress bindAddress,
        int coapsPort,
        Optional<Integer> coapPort,
        Path dataFolder,
        byte[] dtlsStateKey,
        Duration defaultLifetime,
        Duration awakeTime,
        int maxInFlight,
        int maxRegistrations,
        int maxBodySize,
        int maxConnections,
        int callsPerSecond) {

    public Lwm2mConfig {
        dtlsStateKey = dtlsStateKey.clone();
        require(
                dtlsStateKey.length == 0 || dtlsStateKey.length == 16 || dtlsStateKey.length == 32,
                "dtlsStateKey: " + dtlsStateKey.length + " bytes, expected 16 or 32");
        requirePort("coapsPort", coapsPort);
        coapPort.ifPresent(port -> requirePort("coapPort", port));
        requireRange("maxInFlight", maxInFlight, 1, 1_000_000);
        requireRange("maxRegistrations", maxRegistrations, 1, 100_000_000);
        requireRange("maxBodySize", maxBodySize, 1 << 10, 16 << 20);
        requireRange("maxConnections", maxConnections, 1, 10_000_000);
        requireRange("callsPerSecond", callsPerSecond, 1, 10_000);
        requireRange("defaultLifetime", defaultLifetime.toSeconds(), 1, 0xFFFFFFFFL);
        requireRange("awakeTime", awakeTime.toMillis(), 1, 86_400_000);
    }

    private static void requirePort(String name, int port) {
        requireRange(name, port, 0, 65535);
    }

    private static void requireRange(String name, long value, long from, long to) {
        require(
                value >= from && value <= to,
                name + ": " + value + ", expected " + from + " to " + to);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("lwm2m." + message);
        }
    }

    /** DTLS on any free port of the loopback address, no plain CoAP, nothing saved of DTLS. */
    public static Lwm2mConfig onLoopback(Path dataFolder) {
        return new Lwm2mConfig(
                InetAddress.getLoopbackAddress(),
                0,
                Optional.empty(),
                dataFolder,
                new byte[0],
                Duration.ofDays(1),
                Duration.ofSeconds(93),
                2_000,
                2_000_000,
                256 << 10,
                200_000,
                200);
    }

    @Override
    public byte[] dtlsStateKey() {
        return dtlsStateKey.clone();
    }

    public Lwm2mConfig withBindAddress(InetAddress address) {
        return new Lwm2mConfig(
                address,
                coapsPort,
                coapPort,
                dataFolder,
                dtlsStateKey,
                defaultLifetime,
                awakeTime,
                maxInFlight,
                maxRegistrations,
                maxBodySize,
                maxConnections,
                callsPerSecond);
    }

    public Lwm2mConfig withPorts(int coaps, Optional<Integer> coap) {
        return new Lwm2mConfig(
                bindAddress,
                coaps,
                coap,
                dataFolder,
                dtlsStateKey,
                defaultLifetime,
                awakeTime,
                maxInFlight,
                maxRegistrations,
                maxBodySize,
                maxConnections,
                callsPerSecond);
    }

    public Lwm2mConfig withDtlsStateKey(byte[] key) {
        return new Lwm2mConfig(
                bindAddress,
                coapsPort,
                coapPort,
                dataFolder,
                key,
                defaultLifetime,
                awakeTime,
                maxInFlight,
                maxRegistrations,
                maxBodySize,
                maxConnections,
                callsPerSecond);
    }

    public Lwm2mConfig withAwakeTime(Duration time) {
        return new Lwm2mConfig(
                bindAddress,
                coapsPort,
                coapPort,
                dataFolder,
                dtlsStateKey,
                defaultLifetime,
                time,
                maxInFlight,
                maxRegistrations,
                maxBodySize,
                maxConnections,
                callsPerSecond);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Lwm2mConfig[" + bindAddress + ", coaps " + coapsPort + ", coap " + coapPort + "]";
    }
}
