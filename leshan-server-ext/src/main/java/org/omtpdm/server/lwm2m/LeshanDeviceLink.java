package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.PrincipalEndpointContextMatcher;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.UdpEndpointContextMatcher;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.omtpdm.objects.ObjectModels;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.codec.ObjectDefinitions;
import org.omtpdm.server.lwm2m.codec.PayloadDecoder;
import org.omtpdm.server.lwm2m.registry.Observed;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link DeviceLink} over CoAP and DTLS. Thread-safe. */
public final class LeshanDeviceLink implements DeviceLink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeshanDeviceLink.class);
    private static final int EVENT_LANES = 4;
    private static final int EVENTS_WAITING = 20_000;

    private final Registry registry;
    private final ListenerLanes lanes;
    private final Presence presence;
    private final CoapServer server;
    private final DTLSConnector connector;
    private final SavedConnections saved;
    private final int callsPerSecond;
    private final CoapEndpoint secured;
    private final CoapEndpoint plain;
    private final CoapExchanges exchanges;
    private final Observations observations;
    private final DeviceSender sender;
    private final StreamedResources streamed = new StreamedResources();
    private final ScheduledExecutorService timer;
    private final ExecutorService replies;
    private final DeviceListener listener;
    private final CredentialSource credentials;

    private LeshanDeviceLink(
            Lwm2mConfig config, CredentialSource credentials, DeviceListener listener, Clock clock)
            throws IOException {
        this.listener = listener;
        this.credentials = credentials;
        this.callsPerSecond = config.callsPerSecond();
        registry =
                Registry.open(
                        config.dataFolder().resolve("registrations"),
                        Registry.RegistryConfig.defaults(),
                        clock);
        lanes = new ListenerLanes(EVENT_LANES, EVENTS_WAITING);
        timer = Executors.newScheduledThreadPool(1, named("lwm2m-timer"));
        replies = Executors.newFixedThreadPool(2, named("lwm2m-replies"));
        var log = new DeviceLog();
        var refused = new RefusedContacts(listener, lanes, clock);
        var handshakes = new HandshakeWatch(credentials, refused, this::newSession);
        var decoder = new PayloadDecoder(new ObjectDefinitions(ObjectModels.everyVersion()));
        var clocks = new DeviceClocks(registry);
        presence = new Presence(lanes, listener, config.awakeTime(), clock);
        var answers = new Answers(decoder, registry, clocks, log, clock);
        observations = new Observations(registry);
        var settings = CoapSettings.of(config);
        connector = connector(config, settings, handshakes);
        saved = new SavedConnections(config.dataFolder(), config.dtlsStateKey(), connector);
        secured = securedEndpoint(settings);
        plain = config.coapPort().map(port -> plainEndpoint(config, settings, port)).orElse(null);
        exchanges = new CoapExchanges(secured, plain, handshakes, timer, config.maxInFlight());
        sender = new DeviceSender(exchanges, observations, registry, presence, answers);
        observations.reachThrough(exchanges::context);
        var notifications =
                new Notifications(
                        observations, registry, answers, presence, lanes, listener, log, clock);
        server = new CoapServer(settings);
        server.addEndpoint(secured);
        secured.addNotificationListener(notifications);
        if (plain != null) {
            server.addEndpoint(plain);
            plain.addNotificationListener(notifications);
        }
        server.setMessageDeliverer(
                new Guard(
                        new RegistrationDesk(
                                registry,
                                credentials,
                                refused,
                                lanes,
                                listener,
                                presence,
                                config,
                                exchanges),
                        new SendDesk(
                                registry,
                                credentials,
                                decoder,
                                clocks,
                                presence,
                                lanes,
                                listener,
                                clock),
                        streamed,
                        log));
    }

    /**
     * Opens the endpoints; devices may register as soon as this returns.
     *
     * @param credentials asked during handshakes and registrations
     * @param listener called on the link's own threads
     * @throws UncheckedIOException when the data folder or a port can't be used
     */
    public static LeshanDeviceLink open(
            Lwm2mConfig config,
            CredentialSource credentials,
            DeviceListener listener,
            Clock clock) {
        try {
            var link = new LeshanDeviceLink(config, credentials, listener, clock);
            link.start();
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("Open the LwM2M endpoints: " + e.getMessage(), e);
        }
    }

    private void start() throws IOException {
        int loaded = saved.load();
        try {
            server.start();
            requireStarted(secured);
            if (plain != null) {
                requireStarted(plain);
            }
        } catch (IllegalStateException e) {
            registry.close();
            throw new IOException(e.getMessage(), e);
        }
        timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        new DeviceCaller(
                        registry,
                        exchanges,
                        address -> connector.getSessionByAddress(address) != null,
                        callsPerSecond)
                .start(timer);
        LOG.info(
                "LwM2M: {} registrations, {} DTLS sessions, CoAP over DTLS on port {}{}",
                registry.size(),
                loaded,
                coapsPort(),
                plain == null ? "" : ", plain CoAP on port " + coapPort().orElse(0));
    }

    private static void requireStarted(CoapEndpoint endpoint) {
        if (!endpoint.isStarted()) {
            throw new IllegalStateException("can't listen on " + endpoint.getUri());
        }
    }

    private void tick() {
        try {
            presence.tick();
            for (var ended : registry.tick()) {
                var facts = ended.facts(List.of());
                lanes.run(ended.endpoint(), () -> listener.expired(facts));
            }
        } catch (RuntimeException e) {
            LOG.error("The link's clock failed", e);
        }
    }

    private void newSession(String identity) {
        credentials
                .byIdentity(identity)
                .map(CredentialSource.PskCredential::endpoint)
                .flatMap(registry::byEndpoint)
                .ifPresent(
                        each ->
                                lanes.run(
                                        each.endpoint(),
                                        () -> listener.newSession(each.endpoint())));
    }

    private static ThreadFactory named(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static DTLSConnector connector(
            Lwm2mConfig config, Configuration settings, HandshakeWatch handshakes) {
        return new DTLSConnector(
                DtlsConnectorConfig.builder(settings)
                        .setAddress(new InetSocketAddress(config.bindAddress(), config.coapsPort()))
                        .setAdvancedPskStore(handshakes)
                        .setConnectionListener(handshakes)
                        .setSessionListener(handshakes.sessions())
                        .setSerializationLabel("coaps")
                        .setLoggingTag("coaps")
                        .build());
    }

    private CoapEndpoint securedEndpoint(Configuration settings) {
        var matcher = new PrincipalEndpointContextMatcher(true);
        return CoapEndpoint.builder()
                .setConfiguration(settings)
                .setConnector(connector)
                .setEndpointContextMatcher(matcher)
                .setObservationStore(observations)
                .setDataSerializerAndParser(new UdpDataSerializer(), new GenerousParser())
                .setCoapStackFactory(StreamingStack.factory(streamed::serves))
                .setLoggingTag("coaps")
                .build();
    }

    private CoapEndpoint plainEndpoint(Lwm2mConfig config, Configuration settings, int port) {
        var matcher = new UdpEndpointContextMatcher(true);
        return CoapEndpoint.builder()
                .setConfiguration(settings)
                .setConnector(
                        new UDPConnector(
                                new InetSocketAddress(config.bindAddress(), port), settings))
                .setEndpointContextMatcher(matcher)
                .setObservationStore(observations)
                .setDataSerializerAndParser(new UdpDataSerializer(), new GenerousParser())
                .setCoapStackFactory(StreamingStack.factory(streamed::serves))
                .setLoggingTag("coap")
                .build();
    }

    /** The DTLS port in use. */
    public int coapsPort() {
        return secured.getAddress().getPort();
    }

    /** The port of plain CoAP in use; empty when NoSec is off. */
    public OptionalInt coapPort() {
        return plain == null ? OptionalInt.empty() : OptionalInt.of(plain.getAddress().getPort());
    }

    @Override
    public CompletableFuture<DeviceReply<Reading>> send(
            String endpoint, DeviceRequest request, Duration waitAtMost) {
        var found = registry.byEndpoint(endpoint);
        if (found.isEmpty()) {
            return notSent("it isn't registered");
        }
        var registration = found.get();
        if (!presence.isReachable(registration)) {
            return notSent("it is asleep");
        }
        var result = new CompletableFuture<DeviceReply<Reading>>();
        sender.send(registration, request, waitAtMost)
                .whenCompleteAsync(
                        (reply, failure) -> {
                            if (failure != null) {
                                result.completeExceptionally(failure);
                            } else {
                                result.complete(reply);
                            }
                        },
                        replies);
        return result;
    }

    private static CompletableFuture<DeviceReply<Reading>> notSent(String reason) {
        return CompletableFuture.completedFuture(new DeviceReply.NotSent<>(reason));
    }

    /**
     * Lets devices fetch content below {@code coaps://…/<segment>/…}.
     *
     * @param segment first part of the path; not {@code rd}, {@code dp} or {@code .well-known}
     */
    public void serve(String segment, StreamedSource source) {
        streamed.serve(segment, source);
    }

    /**
     * Prepares to write streamed content to a resource; nothing is sent yet.
     *
     * @return empty when the device isn't registered
     */
    public Optional<BlockPush> push(
            String endpoint, ResourcePath path, StreamedContent content, Duration waitPerBlock) {
        return registry.byEndpoint(endpoint)
                .map(to -> new BlockPush(exchanges, to, path, content, waitPerBlock));
    }

    @Override
    public Optional<RegistrationFacts> registration(String endpoint) {
        return registry.byEndpoint(endpoint).map(each -> each.facts(List.of()));
    }

    @Override
    public boolean isReachable(String endpoint) {
        return registry.byEndpoint(endpoint).filter(presence::isReachable).isPresent();
    }

    @Override
    public List<ResourcePath> observations(String endpoint) {
        return registry.byEndpoint(endpoint).map(Registration::observed).orElse(List.of()).stream()
                .map(Observed::path)
                .toList();
    }

    @Override
    public List<String> experience(String endpoint) {
        return registry.byEndpoint(endpoint)
                .map(each -> new Manners(each.manners()).words())
                .orElse(List.of());
    }

    @Override
    public int registrations() {
        return registry.size();
    }

    /**
     * Ends the DTLS sessions of an identity whose key was changed or revoked. Its requests are
     * refused already.
     */
    public void dropSessions(String identity) {
        connector.startDropConnectionsForPrincipal(new PreSharedKeyIdentity(identity));
    }

    /** Stops listening, lets events finish and writes everything, DTLS sessions included. */
    @Override
    public void close() {
        timer.shutdownNow();
        server.stop();
        saved.save();
        server.destroy();
        lanes.close();
        replies.shutdown();
        registry.close();
        LOG.info("LwM2M stopped; {} registrations kept", registry.size());
    }

    /** Ends as if the process had been killed: nothing is saved, nothing is finished. For tests. */
    void abandon() {
        registry.abandon();
        timer.shutdownNow();
        server.stop();
        server.destroy();
        replies.shutdownNow();
        lanes.close();
    }
}
