package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpoint;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointFactory;
import org.eclipse.leshan.client.californium.endpoint.ServerIdentityExtractor;
import org.eclipse.leshan.client.endpoint.ClientEndpointToolbox;
import org.eclipse.leshan.client.endpoint.LwM2mClientEndpoint;
import org.eclipse.leshan.client.endpoint.LwM2mClientEndpointsProvider;
import org.eclipse.leshan.client.notification.NotificationManager;
import org.eclipse.leshan.client.request.DownlinkRequestReceiver;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.client.servers.ServerInfo;
import org.eclipse.leshan.core.californium.identity.IdentityHandlerProvider;
import org.eclipse.leshan.core.peer.IpPeer;
import org.eclipse.leshan.core.peer.PskIdentity;
import org.omtpdm.client.account.ServerAccount;

/**
 * The CoAP endpoint of one server account. Other than Leshan's own it uses the device's threads,
 * stands behind our {@link Guard}, and can be deaf while the device sleeps.
 */
final class AccountEndpoint implements LwM2mClientEndpointsProvider {

    private final ServerAccount account;
    private final DeviceThreads threads;
    private final Configuration configuration;
    private final Optional<SleepGate> gate;
    private final Runnable heard;
    private final CaliforniumClientEndpointFactory factory;
    private final GuardedResources resources = new GuardedResources();
    private final IdentityHandlerProvider identities = new IdentityHandlerProvider();
    private CoapServer coapServer;
    private LwM2mObjectTree tree;
    private volatile Optional<Opened> opened = Optional.empty();
    private boolean isStarted;

    private record Opened(LwM2mServer server, CaliforniumClientEndpoint endpoint) {}

    /**
     * @param heard called for each request that comes from the server
     */
    AccountEndpoint(
            ServerAccount account,
            DeviceThreads threads,
            Link link,
            Optional<SleepGate> gate,
            Runnable heard) {
        List<Link> links = gate.isPresent() ? List.of(link, gate.get()) : List.of(link);
        this.account = account;
        this.threads = threads;
        this.gate = gate;
        this.heard = heard;
        this.configuration = Connectors.configuration(gate.isPresent());
        this.factory = Connectors.factory(account.isSecure(), threads.protocol(), links);
    }

    @Override
    public void init(
            LwM2mObjectTree objects,
            DownlinkRequestReceiver receiver,
            NotificationManager notifications,
            ClientEndpointToolbox toolbox) {
        tree = objects;
        ServerIdentityExtractor whoAsks = (exchange, peer) -> server(exchange.getEndpoint(), peer);
        coapServer =
                new CoapServer(configuration) {
                    @Override
                    protected Resource createRoot() {
                        return resources.createRootResource(
                                this, identities, whoAsks, receiver, toolbox, objects);
                    }
                };
        coapServer.setExecutors(threads.protocol(), threads.protocol(), true);
        List<Resource> all =
                resources.createResources(
                        coapServer, identities, whoAsks, receiver, notifications, toolbox, objects);
        coapServer.add(all.toArray(new Resource[0]));
        coapServer.setMessageDeliverer(
                new Guard(
                        coapServer.getRoot(),
                        configuration,
                        new RequestCheck(objects, toolbox),
                        heard));
    }

    /** One endpoint serves one server; over plain UDP the address must be that server's too. */
    private LwM2mServer server(Endpoint asked, IpPeer peer) {
        Optional<Opened> now = opened.filter(open -> open.endpoint.getCoapEndpoint().equals(asked));
        if (now.isEmpty()) {
            return null;
        }
        IpPeer expected = (IpPeer) now.get().server.getTransportData();
        return account.isSecure() || expected.getSocketAddress().equals(peer.getSocketAddress())
                ? now.get().server
                : null;
    }

    @Override
    public LwM2mServer createEndpoint(
            ServerInfo info,
            boolean clientInitiatedOnly,
            List<Certificate> trusted,
            ClientEndpointToolbox toolbox) {
        CoapEndpoint coap =
                factory.createCoapEndpoint(
                        Connectors.anyAddress(),
                        configuration,
                        info,
                        clientInitiatedOnly,
                        trusted,
                        toolbox);
        gate.ifPresent(coap::addInterceptor);
        identities.addIdentityHandler(coap, factory.createIdentityHandler());
        CaliforniumClientEndpoint endpoint =
                new CaliforniumClientEndpoint(
                        factory.getProtocol(),
                        factory.getEndpointDescription(),
                        coap,
                        resources,
                        toolbox,
                        identities.getIdentityHandler(coap),
                        factory.createConnectionController(),
                        tree.getModel(),
                        factory.createExceptionTranslator(),
                        threads.protocol());
        IpPeer peer =
                info.isSecure()
                        ? new IpPeer(info.getAddress(), info.sni, new PskIdentity(info.pskId))
                        : new IpPeer(info.getAddress());
        LwM2mServer server = new LwM2mServer(peer, info.serverId, info.serverUri);
        coapServer.addEndpoint(coap);
        opened = Optional.of(new Opened(server, endpoint));
        if (isStarted) {
            startEndpoint(coap);
        }
        return server;
    }

    private void startEndpoint(CoapEndpoint coap) {
        coapServer.start();
        try {
            coap.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Open a socket for server " + account.uri(), e);
        }
    }

    @Override
    public Collection<LwM2mServer> createEndpoints(
            Collection<? extends ServerInfo> infos,
            boolean clientInitiatedOnly,
            List<Certificate> trusted,
            ClientEndpointToolbox toolbox) {
        throw new UnsupportedOperationException("One endpoint serves one account");
    }

    @Override
    public void destroyEndpoints() {
        opened = Optional.empty();
        identities.clear();
        for (Endpoint endpoint : List.copyOf(coapServer.getEndpoints())) {
            coapServer.getEndpoints().remove(endpoint);
            endpoint.destroy();
        }
    }

    @Override
    public LwM2mClientEndpoint getEndpoint(LwM2mServer server) {
        return opened.filter(open -> open.server.equals(server)).map(Opened::endpoint).orElse(null);
    }

    @Override
    public List<LwM2mClientEndpoint> getEndpoints() {
        return opened.<List<LwM2mClientEndpoint>>map(open -> List.of(open.endpoint))
                .orElse(List.of());
    }

    @Override
    public synchronized void start() {
        isStarted = true;
        opened.ifPresent(open -> startEndpoint(open.endpoint.getCoapEndpoint()));
    }

    @Override
    public synchronized void stop() {
        isStarted = false;
        coapServer.stop();
    }

    @Override
    public synchronized void destroy() {
        isStarted = false;
        destroyEndpoints();
        coapServer.destroy();
    }
}
