package org.omtpdm.benchmarks;

import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpointsProvider;

/**
 * The peer: a Leshan server as its library builds it, in-memory stores, plain CoAP on loopback.
 * Prints its port.
 */
public final class BareLeshanServer {
    private BareLeshanServer() {}

    public static void main(String[] args) throws InterruptedException {
        var endpoints = new CaliforniumServerEndpointsProvider.Builder();
        endpoints.addEndpoint(new InetSocketAddress("127.0.0.1", 0), Protocol.COAP);
        var server = new LeshanServerBuilder().setEndpointsProviders(endpoints.build()).build();
        server.start();
        URI uri = server.getEndpoint(Protocol.COAP).getURI();
        System.out.println("port " + uri.getPort());
        Thread.currentThread().join();
    }
}
