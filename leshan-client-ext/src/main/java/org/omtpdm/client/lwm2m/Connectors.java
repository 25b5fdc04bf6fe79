package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointFactory;
import org.eclipse.leshan.client.californium.endpoint.coap.CoapClientEndpointFactory;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientEndpointFactory;

/**
 * Californium's endpoints as a small device needs them: few threads, small buffers, explicit
 * limits.
 */
final class Connectors {

    /**
     * Largest body of a request put together from blocks; more is answered 4.13 (OBJECTS.md C.4,
     * Put Data).
     */
    static final int MAXIMUM_BODY_BYTES = 8192;

    private static final int DATAGRAM_BYTES = MAXIMUM_BODY_BYTES + 1024;
    private static final int MESSAGES_REMEMBERED = 32;
    private static final int OBSERVATIONS = 256;

    private Connectors() {}

    /**
     * @param clientOnly whether the server may not begin a handshake (queue mode)
     */
    static Configuration configuration(boolean clientOnly) {
        Configuration config =
                new Configuration(
                        SystemConfig.DEFINITIONS,
                        CoapConfig.DEFINITIONS,
                        UdpConfig.DEFINITIONS,
                        DtlsConfig.DEFINITIONS);
        config.set(CoapConfig.MID_TRACKER, CoapConfig.TrackerMode.NULL);
        config.set(CoapConfig.MAX_ACTIVE_PEERS, 16);
        config.set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
        config.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAXIMUM_BODY_BYTES);
        config.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
        config.set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, MESSAGES_REMEMBERED);
        config.set(CoapConfig.MAX_SERVER_OBSERVES, OBSERVATIONS);
        config.set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1);
        config.set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
        config.set(UdpConfig.UDP_DATAGRAM_SIZE, DATAGRAM_BYTES);
        config.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.MILLISECONDS);
        config.set(DtlsConfig.DTLS_MAX_CONNECTIONS, 4);
        config.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1);
        config.set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
        config.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
        config.set(DtlsConfig.DTLS_ROLE, clientOnly ? DtlsRole.CLIENT_ONLY : DtlsRole.BOTH);
        config.setTransient(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT);
        return config;
    }

    /** Makes endpoints over DTLS or plain UDP, as the account wants. */
    static CaliforniumClientEndpointFactory factory(
            boolean isSecure, ExecutorService executor, List<Link> links) {
        return isSecure ? new Secured(executor, links) : new Plain(links);
    }

    private static boolean letIn(List<Link> links) {
        return links.stream().allMatch(Link::letsIn);
    }

    private static boolean letOut(List<Link> links) {
        return links.stream().allMatch(Link::letsOut);
    }

    /** DTLS. */
    private static final class Secured extends CoapsClientEndpointFactory {
        private final ExecutorService executor;
        private final List<Link> links;

        private Secured(ExecutorService executor, List<Link> links) {
            this.executor = executor;
            this.links = links;
        }

        @Override
        protected Connector createSecuredConnector(DtlsConnectorConfig config) {
            DTLSConnector connector = new LinkedDtlsConnector(config, links);
            connector.setExecutor(executor);
            return connector;
        }
    }

    /** A connector at the end of a line, whose receive buffer isn't 64 KiB. */
    private static final class LinkedDtlsConnector extends DTLSConnector {
        private final List<Link> links;

        private LinkedDtlsConnector(DtlsConnectorConfig config, List<Link> links) {
            super(config);
            this.links = links;
            inboundDatagramBufferSize = DATAGRAM_BYTES;
        }

        @Override
        protected void processDatagram(DatagramPacket packet, InetSocketAddress router) {
            if (letIn(links)) {
                super.processDatagram(packet, router);
            }
        }

        @Override
        protected void sendNextDatagramOverNetwork(DatagramPacket packet) throws IOException {
            if (letOut(links)) {
                super.sendNextDatagramOverNetwork(packet);
            }
        }
    }

    /** Plain UDP. */
    private static final class Plain extends CoapClientEndpointFactory {
        private final List<Link> links;

        private Plain(List<Link> links) {
            this.links = links;
        }

        @Override
        protected Connector createConnector(InetSocketAddress address, Configuration config) {
            return new LinkedUdpConnector(address, config, links);
        }
    }

    /** A connector at the end of a line; what goes out isn't lost here. */
    private static final class LinkedUdpConnector extends UDPConnector {
        private final List<Link> links;

        private LinkedUdpConnector(
                InetSocketAddress address, Configuration config, List<Link> links) {
            super(address, config);
            this.links = links;
        }

        @Override
        public void processDatagram(DatagramPacket datagram) {
            if (letIn(links)) {
                super.processDatagram(datagram);
            }
        }
    }

    /** Any local address, so that the system picks the one that leads to the server. */
    static InetAddress anyAddress() {
        return new InetSocketAddress(0).getAddress();
    }
}
