package org.omtpdm.server.lwm2m;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/** A device of Californium parts over DTLS with connection ids: no LwM2M code at all. */
final class DtlsDevice implements AutoCloseable {
    private final CoapEndpoint endpoint;
    private final InetSocketAddress server;

    DtlsDevice(int port, String identity, byte[] key) throws Exception {
        this(port, identity, key, 65_536);
    }

    DtlsDevice(int port, String identity, byte[] key, int maxBody) throws Exception {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var configuration =
                new Configuration(
                        CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, DtlsConfig.DEFINITIONS);
        configuration.set(CoapConfig.MAX_ACTIVE_PEERS, 10);
        configuration.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, maxBody);
        configuration.set(DtlsConfig.DTLS_MAX_CONNECTIONS, 10);
        configuration.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 4);
        configuration.set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 300, TimeUnit.MILLISECONDS);
        configuration.set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 1);
        configuration.set(
                DtlsConfig.DTLS_CIPHER_SUITES,
                java.util.List.of(
                        org.eclipse.californium.scandium.dtls.cipher.CipherSuite
                                .TLS_PSK_WITH_AES_128_CCM_8));
        endpoint =
                CoapEndpoint.builder()
                        .setConfiguration(configuration)
                        .setConnector(
                                new DTLSConnector(
                                        DtlsConnectorConfig.builder(configuration)
                                                .setAddress(
                                                        new InetSocketAddress(
                                                                InetAddress.getLoopbackAddress(),
                                                                0))
                                                .setAdvancedPskStore(
                                                        new AdvancedSinglePskStore(identity, key))
                                                .build()))
                        .build();
        endpoint.start();
    }

    void answering(Consumer<Exchange> how) {
        endpoint.setMessageDeliverer(
                new MessageDeliverer() {
                    @Override
                    public void deliverRequest(Exchange exchange) {
                        how.accept(exchange);
                    }

                    @Override
                    public void deliverResponse(Exchange exchange, Response response) {
                        exchange.getRequest().setResponse(response);
                    }
                });
    }

    static Response content(String text) {
        var response = new Response(ResponseCode.CONTENT);
        response.getOptions().setContentFormat(0);
        response.setPayload(text);
        return response;
    }

    /** Null when nothing came back within the time. */
    Response request(Code code, String path, String query, int format, String payload)
            throws InterruptedException {
        var request = new Request(code, Type.CON);
        request.getOptions().setUriPath(path);
        for (var each : query.split("&")) {
            if (!each.isEmpty()) {
                request.getOptions().addUriQuery(each);
            }
        }
        if (format >= 0) {
            request.getOptions().setContentFormat(format);
        }
        if (!payload.isEmpty()) {
            request.setPayload(payload.getBytes(StandardCharsets.UTF_8));
        }
        return exchange(request);
    }

    Response exchange(Request request) throws InterruptedException {
        return exchange(request, java.time.Duration.ofSeconds(8));
    }

    Response exchange(Request request, java.time.Duration wait) throws InterruptedException {
        request.setDestinationContext(new AddressEndpointContext(server));
        endpoint.sendRequest(request);
        return request.waitForResponse(wait.toMillis());
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
