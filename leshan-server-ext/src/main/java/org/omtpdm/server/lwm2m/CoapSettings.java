package org.omtpdm.server.lwm2m;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.config.CoapConfig.TrackerMode;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/** The settings of Californium and Scandium. No file is read: everything is said here. */
final class CoapSettings {
    /** The two suites LwM2M demands and the two that are better. */
    static final List<CipherSuite> CIPHER_SUITES =
            List.of(
                    CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
                    CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256);

    private static final int CONNECTION_ID_LENGTH = 6;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int MESSAGES_KEPT_PER_PEER = 8;

    private CoapSettings() {}

    static Configuration of(Lwm2mConfig config) {
        var settings =
                new Configuration(
                        CoapConfig.DEFINITIONS,
                        UdpConfig.DEFINITIONS,
                        DtlsConfig.DEFINITIONS,
                        SystemConfig.DEFINITIONS);
        settings.set(CoapConfig.MID_TRACKER, TrackerMode.NULL);
        settings.set(CoapConfig.MAX_ACTIVE_PEERS, Math.max(1000, config.maxRegistrations()));
        settings.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, config.maxBodySize());
        settings.set(CoapConfig.MAX_MESSAGE_SIZE, 1024);
        settings.set(CoapConfig.PREFERRED_BLOCK_SIZE, 1024);
        settings.set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 60, TimeUnit.SECONDS);
        // the default keeps every message for 247 s: 2.4 KB each
        settings.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
        settings.set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, MESSAGES_KEPT_PER_PEER);
        // a fleet that comes back after a power cut comes all at once
        settings.set(UdpConfig.UDP_RECEIVE_BUFFER_SIZE, SOCKET_BUFFER);
        settings.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS);

        settings.set(DtlsConfig.DTLS_ROLE, DtlsRole.BOTH);
        // only requests that say so may start a handshake
        settings.set(
                DtlsConfig.DTLS_DEFAULT_HANDSHAKE_MODE, DtlsEndpointContext.HANDSHAKE_MODE_NONE);
        settings.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_LENGTH);
        settings.set(DtlsConfig.DTLS_MAX_CONNECTIONS, config.maxConnections());
        // only when there are too many: the ones that were quiet for an hour go first
        settings.set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, 1, TimeUnit.HOURS);
        settings.set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, SOCKET_BUFFER);
        settings.set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, true);
        settings.set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false);
        settings.set(DtlsConfig.DTLS_CIPHER_SUITES, CIPHER_SUITES);
        return settings;
    }
}
