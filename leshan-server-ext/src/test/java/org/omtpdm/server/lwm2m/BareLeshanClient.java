package org.omtpdm.server.lwm2m;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.LeshanClientBuilder;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointsProvider;
import org.eclipse.leshan.client.californium.endpoint.coap.CoapClientProtocolProvider;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientProtocolProvider;
import org.eclipse.leshan.client.engine.DefaultRegistrationEngineFactory;
import org.eclipse.leshan.client.object.Device;
import org.eclipse.leshan.client.object.Security;
import org.eclipse.leshan.client.object.Server;
import org.eclipse.leshan.client.resource.ObjectsInitializer;
import org.eclipse.leshan.client.send.ManualDataSender;
import org.eclipse.leshan.core.LwM2mId;
import org.eclipse.leshan.core.request.BindingMode;
import org.eclipse.leshan.core.request.ContentFormat;

/** A client whose LwM2M code isn't ours, with objects 0, 1 and 3. */
public final class BareLeshanClient implements AutoCloseable {
    final LeshanClient client;

    private BareLeshanClient(LeshanClient client) {
        this.client = client;
    }

    static BareLeshanClient secured(String endpoint, int port) {
        return secured(endpoint, port, "id-" + endpoint, Credentials.keyOf(endpoint));
    }

    public static BareLeshanClient secured(String endpoint, int port, String identity, byte[] key) {
        return start(
                endpoint,
                Security.psk(
                        "coaps://localhost:" + port,
                        123,
                        identity.getBytes(StandardCharsets.UTF_8),
                        key),
                false,
                300);
    }

    static BareLeshanClient plain(String endpoint, int port) {
        return start(endpoint, Security.noSec("coap://localhost:" + port, 123), false, 300);
    }

    static BareLeshanClient inQueueMode(String endpoint, int port) {
        return start(
                endpoint,
                Security.psk(
                        "coaps://localhost:" + port,
                        123,
                        ("id-" + endpoint).getBytes(StandardCharsets.UTF_8),
                        Credentials.keyOf(endpoint)),
                true,
                300);
    }

    private static BareLeshanClient start(
            String endpoint, Security security, boolean queueMode, long lifetime) {
        var objects = new ObjectsInitializer();
        objects.setInstancesForObject(LwM2mId.SECURITY, security);
        objects.setInstancesForObject(LwM2mId.SERVER, new Server(123, lifetime));
        objects.setInstancesForObject(
                LwM2mId.DEVICE, new Device("Acme", "Anvil", "1234", EnumSet.of(BindingMode.U)));
        var engine = new DefaultRegistrationEngineFactory();
        engine.setQueueMode(queueMode);
        engine.setReconnectOnUpdate(false);
        engine.setRequestTimeoutInMs(10_000);
        engine.setDeregistrationTimeoutInMs(500);
        var endpoints =
                new CaliforniumClientEndpointsProvider.Builder(
                        new CoapClientProtocolProvider(), new CoapsClientProtocolProvider());
        var configuration = endpoints.createDefaultConfiguration();
        configuration.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
        configuration.set(DtlsConfig.DTLS_MAX_CONNECTIONS, 10);
        configuration.set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 400, TimeUnit.MILLISECONDS);
        configuration.set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 2);
        configuration.set(CoapConfig.MAX_ACTIVE_PEERS, 10);
        endpoints.setConfiguration(configuration);
        var builder = new LeshanClientBuilder(endpoint);
        builder.setObjects(objects.createAll());
        builder.setDataSenders(new ManualDataSender());
        builder.setRegistrationEngineFactory(engine);
        builder.setEndpointsProviders(endpoints.build());
        var client = builder.build();
        client.start();
        return new BareLeshanClient(client);
    }

    /** Sends the values of these paths now. */
    void send(String... paths) throws Exception {
        var server = client.getRegisteredServers().values().iterator().next();
        client.getSendService()
                .sendData(server, ContentFormat.SENML_CBOR, java.util.List.of(paths), 5000);
    }

    void triggerUpdate() {
        client.triggerRegistrationUpdate();
    }

    Map<String, ?> registered() {
        return client.getRegisteredServers();
    }

    @Override
    public void close() {
        client.destroy(false);
    }
}
