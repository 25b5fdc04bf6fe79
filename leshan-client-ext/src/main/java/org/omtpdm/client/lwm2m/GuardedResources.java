package org.omtpdm.client.lwm2m;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.leshan.client.californium.ObserveCompositeRelationFilter;
import org.eclipse.leshan.client.californium.RootResource;
import org.eclipse.leshan.client.californium.endpoint.ClientCoapMessageTranslator;
import org.eclipse.leshan.client.californium.endpoint.ServerIdentityExtractor;
import org.eclipse.leshan.client.californium.object.ObjectResource;
import org.eclipse.leshan.client.endpoint.ClientEndpointToolbox;
import org.eclipse.leshan.client.notification.NotificationManager;
import org.eclipse.leshan.client.request.DownlinkRequestReceiver;
import org.eclipse.leshan.client.resource.LwM2mObjectEnabler;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.resource.listener.ObjectsListenerAdapter;
import org.eclipse.leshan.core.californium.identity.IdentityHandlerProvider;
import org.eclipse.leshan.core.node.LwM2mPath;

/**
 * Leshan's CoAP resources, handled so that what they throw becomes an answer of {@link Guard}
 * instead of 5.00 and a stack trace in the log.
 */
final class GuardedResources extends ClientCoapMessageTranslator {

    @Override
    public Resource createRootResource(
            CoapServer server,
            IdentityHandlerProvider identities,
            ServerIdentityExtractor whoAsks,
            DownlinkRequestReceiver receiver,
            ClientEndpointToolbox toolbox,
            LwM2mObjectTree tree) {
        RootResource root =
                new RootResource(identities, whoAsks, server, receiver, toolbox) {
                    @Override
                    public void handleRequest(Exchange exchange) {
                        Guard.handle(exchange, () -> dispatch(this, exchange));
                    }
                };
        tree.addListener(
                new ObjectsListenerAdapter() {
                    @Override
                    public void resourceChanged(LwM2mPath... paths) {
                        root.changed(new ObserveCompositeRelationFilter(paths));
                    }
                });
        return root;
    }

    @Override
    public CoapResource createObjectResource(
            LwM2mObjectEnabler object,
            IdentityHandlerProvider identities,
            ServerIdentityExtractor whoAsks,
            DownlinkRequestReceiver receiver,
            NotificationManager notifications,
            ClientEndpointToolbox toolbox) {
        ObjectResource resource =
                new ObjectResource(
                        object.getId(), identities, whoAsks, receiver, notifications, toolbox) {
                    @Override
                    public void handleRequest(Exchange exchange) {
                        Guard.handle(exchange, () -> dispatch(this, exchange));
                    }
                };
        object.addListener(resource);
        return resource;
    }

    private static void dispatch(CoapResource resource, Exchange exchange) {
        CoapExchange coap = new CoapExchange(exchange);
        switch (exchange.getRequest().getCode()) {
            case GET -> resource.handleGET(coap);
            case PUT -> resource.handlePUT(coap);
            case POST -> resource.handlePOST(coap);
            case DELETE -> resource.handleDELETE(coap);
            case FETCH -> resource.handleFETCH(coap);
            case IPATCH -> resource.handleIPATCH(coap);
            case PATCH, CUSTOM_30 -> resource.handlePATCH(coap);
        }
    }
}
