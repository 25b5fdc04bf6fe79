package org.omtpdm.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.TimestampedLwM2mNodes;
import org.eclipse.leshan.core.observation.CompositeObservation;
import org.eclipse.leshan.core.observation.Observation;
import org.eclipse.leshan.core.observation.SingleObservation;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.DownlinkRequest;
import org.eclipse.leshan.core.request.ExecuteRequest;
import org.eclipse.leshan.core.request.ReadRequest;
import org.eclipse.leshan.core.response.LwM2mResponse;
import org.eclipse.leshan.core.response.ObserveCompositeResponse;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpoint;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpointsProvider;
import org.eclipse.leshan.server.californium.endpoint.coap.CoapServerProtocolProvider;
import org.eclipse.leshan.server.californium.endpoint.coaps.CoapsServerProtocolProvider;
import org.eclipse.leshan.server.model.VersionedModelProvider;
import org.eclipse.leshan.server.observation.ObservationListener;
import org.eclipse.leshan.server.registration.Registration;
import org.eclipse.leshan.server.registration.RegistrationListener;
import org.eclipse.leshan.server.registration.RegistrationUpdate;
import org.eclipse.leshan.server.security.InMemorySecurityStore;
import org.eclipse.leshan.server.security.SecurityInfo;
import org.eclipse.leshan.server.send.SendListener;
import org.omtpdm.client.account.PskCredentials;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.objects.ObjectModels;

/**
 * A stock Leshan server on loopback with free ports, and its view of one device after the other.
 */
final class PlainServer implements AutoCloseable {

    static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final long TIMEOUT_MILLIS = 10_000;

    /** What came by itself: observations' notifications and Sends, by path. */
    record News(LwM2mPath path, LwM2mNode value) {}

    private final LeshanServer server;
    private final InMemorySecurityStore security = new InMemorySecurityStore();
    private final List<Registration> updates = new CopyOnWriteArrayList<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final List<Registration> farewells = new CopyOnWriteArrayList<>();
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final BlockingQueue<News> sends = new LinkedBlockingQueue<>();

    private PlainServer(int coapsPort) {
        LeshanServerBuilder builder = new LeshanServerBuilder();
        CaliforniumServerEndpointsProvider.Builder endpoints =
                new CaliforniumServerEndpointsProvider.Builder(
                        new CoapServerProtocolProvider(), new CoapsServerProtocolProvider());
        endpoints.setConfiguration(c -> c.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 65536));
        endpoints.addEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Protocol.COAP);
        endpoints.addEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), coapsPort), Protocol.COAPS);
        builder.setEndpointsProviders(endpoints.build());
        builder.setSecurityStore(security);
        builder.setObjectModelProvider(new VersionedModelProvider(ObjectModels.everyVersion()));
        server = builder.build();
        listen();
        server.start();
    }

    static PlainServer start() {
        return new PlainServer(0);
    }

    /** At the place of one that was stopped. */
    static PlainServer startAt(URI coaps) {
        return new PlainServer(coaps.getPort());
    }

    private void listen() {
        server.getRegistrationService()
                .addListener(
                        new RegistrationListener() {
                            @Override
                            public void registered(
                                    Registration registration,
                                    Registration previous,
                                    Collection<Observation> old) {
                                registrations.add(registration);
                            }

                            @Override
                            public void updated(
                                    RegistrationUpdate update,
                                    Registration now,
                                    Registration before) {
                                updates.add(now);
                            }

                            @Override
                            public void unregistered(
                                    Registration registration,
                                    Collection<Observation> observations,
                                    boolean expired,
                                    Registration next) {
                                farewells.add(registration);
                            }
                        });
        server.getObservationService()
                .addListener(
                        new ObservationListener() {
                            @Override
                            public void newObservation(
                                    Observation observation, Registration registration) {}

                            @Override
                            public void cancelled(Observation observation) {}

                            @Override
                            public void onResponse(
                                    SingleObservation observation,
                                    Registration who,
                                    ObserveResponse response) {
                                news.add(new News(observation.getPath(), response.getContent()));
                            }

                            @Override
                            public void onResponse(
                                    CompositeObservation observation,
                                    Registration who,
                                    ObserveCompositeResponse response) {
                                response.getContent()
                                        .forEach((path, node) -> news.add(new News(path, node)));
                            }

                            @Override
                            public void onError(
                                    Observation observation, Registration who, Exception error) {
                                throw new AssertionError("notification of " + observation, error);
                            }
                        });
        server.getSendService()
                .addListener(
                        new SendListener() {
                            @Override
                            public void dataReceived(
                                    Registration who,
                                    TimestampedLwM2mNodes data,
                                    org.eclipse.leshan.core.request.SendRequest request) {
                                data.getNodes()
                                        .forEach((path, node) -> sends.add(new News(path, node)));
                            }

                            @Override
                            public void onError(Registration who, String message, Exception error) {
                                throw new AssertionError(message, error);
                            }
                        });
    }

    URI coaps() {
        return server.getEndpoint(Protocol.COAPS).getURI();
    }

    URI coap() {
        return server.getEndpoint(Protocol.COAP).getURI();
    }

    LeshanServer leshan() {
        return server;
    }

    /** Makes the server know a device, and gives the account the device needs. */
    ServerAccount account(String endpoint) {
        return account(endpoint, 1, Duration.ofSeconds(300));
    }

    ServerAccount account(String endpoint, int shortServerId, Duration lifetime) {
        try {
            security.add(
                    SecurityInfo.newPreSharedKeyInfo(
                            endpoint, endpoint, java.util.HexFormat.of().parseHex(KEY)));
        } catch (org.eclipse.leshan.server.security.NonUniqueSecurityInfoException e) {
            throw new AssertionError(e);
        }
        return registered(endpoint, shortServerId, lifetime);
    }

    /** The account of a device the server knows already. */
    ServerAccount registered(String endpoint, int shortServerId, Duration lifetime) {
        return new ServerAccount(
                shortServerId, coaps(), Optional.of(PskCredentials.ofHex(endpoint, KEY)), lifetime);
    }

    ServerAccount openAccount(Duration lifetime) {
        return new ServerAccount(1, coap(), Optional.empty(), lifetime);
    }

    Registration registration(String endpoint) {
        Registration registration = server.getRegistrationService().getByEndpoint(endpoint);
        if (registration == null) {
            throw new AssertionError(endpoint + " is not registered");
        }
        return registration;
    }

    boolean knows(String endpoint) {
        return server.getRegistrationService().getByEndpoint(endpoint) != null;
    }

    List<Registration> updates() {
        return updates;
    }

    List<Registration> registrations() {
        return registrations;
    }

    List<Registration> farewells() {
        return farewells;
    }

    BlockingQueue<News> news() {
        return news;
    }

    BlockingQueue<News> sends() {
        return sends;
    }

    News nextNews() throws InterruptedException {
        News next = news.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no notification came");
        }
        return next;
    }

    <T extends LwM2mResponse> T send(String endpoint, DownlinkRequest<T> request)
            throws InterruptedException {
        T response = server.send(registration(endpoint), request, TIMEOUT_MILLIS);
        if (response == null) {
            throw new AssertionError(request + " was not answered");
        }
        return response;
    }

    ResponseCode execute(String endpoint, String path, String arguments)
            throws InterruptedException {
        return send(endpoint, new ExecuteRequest(path, arguments)).getCode();
    }

    /** The value of a single resource. */
    Object value(String endpoint, String path) throws InterruptedException {
        ReadResponse response = send(endpoint, new ReadRequest(path));
        if (response.isFailure()) {
            throw new AssertionError(
                    "read " + path + ": " + response.getCode() + " " + response.getErrorMessage());
        }
        return ((LwM2mResource) response.getContent()).getValue();
    }

    long number(String endpoint, String path) throws InterruptedException {
        return Long.parseLong(String.valueOf(value(endpoint, path)));
    }

    byte[] page(String endpoint, int objectId, int number) throws InterruptedException {
        ReadResponse response =
                send(
                        endpoint,
                        new ReadRequest(
                                ContentFormat.OPAQUE,
                                new LwM2mPath(objectId, 0, 21, number),
                                null));
        if (response.isFailure()) {
            throw new AssertionError("read page " + number + ": " + response.getCode());
        }
        return (byte[])
                ((org.eclipse.leshan.core.node.LwM2mResourceInstance) response.getContent())
                        .getValue();
    }

    Map<Integer, ?> values(String endpoint, String path) throws InterruptedException {
        LwM2mResource resource = (LwM2mResource) send(endpoint, new ReadRequest(path)).getContent();
        return resource.getInstances().entrySet().stream()
                .collect(
                        java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().getValue()));
    }

    /** Sends a request as it is, whatever it is, to a device over plain CoAP. */
    Response raw(String endpoint, Request request) throws InterruptedException {
        CaliforniumServerEndpoint coap =
                (CaliforniumServerEndpoint) server.getEndpoint(Protocol.COAP);
        request.setDestinationContext(
                new AddressEndpointContext(registration(endpoint).getSocketAddress()));
        coap.getCoapEndpoint().sendRequest(request);
        Response response = request.waitForResponse(TIMEOUT_MILLIS);
        if (response == null) {
            throw new AssertionError(request + " was not answered");
        }
        return response;
    }

    @Override
    public void close() {
        server.destroy();
    }
}
