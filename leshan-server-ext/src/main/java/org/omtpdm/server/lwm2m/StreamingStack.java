package org.omtpdm.server.lwm2m;

import java.util.function.Predicate;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.ExtendedCoapStackFactory;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.core.network.stack.CongestionControlLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's UDP stack with one layer changed: block by block transfers that we steer ourselves
 * pass the block-wise layer, which would gather them in memory. Everything else is put together
 * there as usual, for few peers at a time so that half-sent bodies stay bounded.
 */
final class StreamingStack extends BaseCoapStack {
    private static final int TRANSFERS_AT_A_TIME = 500;

    private StreamingStack(
            String tag,
            Configuration settings,
            EndpointContextMatcher matcher,
            Outbox outbox,
            Predicate<Request> streamed) {
        super(outbox);
        var few = new Configuration(settings);
        few.set(CoapConfig.MAX_ACTIVE_PEERS, TRANSFERS_AT_A_TIME);
        Predicate<Exchange> passes =
                exchange ->
                        exchange.isOfLocalOrigin()
                                ? exchange.getCurrentRequest() instanceof OneBlock
                                : streamed.test(exchange.getCurrentRequest());
        var below = new Below(passes);
        setLayers(
                new Layer[] {
                    new ExchangeCleanupLayer(settings),
                    new ObserveLayer(settings),
                    new Above(below, passes),
                    new BlockwiseLayer(tag, false, few, matcher),
                    below,
                    CongestionControlLayer.newImplementation(tag, settings)
                });
    }

    /**
     * @param streamed whether a device's request is one we answer block by block
     */
    static ExtendedCoapStackFactory factory(Predicate<Request> streamed) {
        return new Factory(streamed);
    }

    /** Californium marks the interface that its builder takes as deprecated. */
    @SuppressWarnings("deprecation")
    private record Factory(Predicate<Request> streamed) implements ExtendedCoapStackFactory {
        @Override
        public CoapStack createCoapStack(
                String protocol,
                String tag,
                Configuration settings,
                EndpointContextMatcher matcher,
                Outbox outbox,
                Object custom) {
            return new StreamingStack(tag, settings, matcher, outbox, streamed);
        }

        @Override
        public CoapStack createCoapStack(
                String protocol, String tag, Configuration settings, Outbox outbox, Object custom) {
            throw new UnsupportedOperationException("needs a matcher");
        }
    }

    /** A request of ours that carries one block of something larger. */
    static final class OneBlock extends Request {
        OneBlock(Code code) {
            super(code, Type.CON);
        }
    }

    /** Above the block-wise layer: sends around it. */
    private static final class Above extends AbstractLayer {
        private final Below below;
        private final Predicate<Exchange> passes;

        Above(Below below, Predicate<Exchange> passes) {
            this.below = below;
            this.passes = passes;
            below.above = this;
        }

        @Override
        public void sendRequest(Exchange exchange, Request request) {
            if (request instanceof OneBlock) {
                below.down(exchange, request);
            } else {
                super.sendRequest(exchange, request);
            }
        }

        @Override
        public void sendResponse(Exchange exchange, Response response) {
            if (passes.test(exchange)) {
                below.down(exchange, response);
            } else {
                super.sendResponse(exchange, response);
            }
        }

        void up(Exchange exchange, Request request) {
            super.receiveRequest(exchange, request);
        }

        void up(Exchange exchange, Response response) {
            super.receiveResponse(exchange, response);
        }
    }

    /** Below the block-wise layer: receives around it. */
    private static final class Below extends AbstractLayer {
        private final Predicate<Exchange> passes;
        private Above above;

        Below(Predicate<Exchange> passes) {
            this.passes = passes;
        }

        @Override
        public void receiveRequest(Exchange exchange, Request request) {
            if (passes.test(exchange)) {
                above.up(exchange, request);
            } else {
                super.receiveRequest(exchange, request);
            }
        }

        @Override
        public void receiveResponse(Exchange exchange, Response response) {
            if (passes.test(exchange)) {
                above.up(exchange, response);
            } else {
                super.receiveResponse(exchange, response);
            }
        }

        void down(Exchange exchange, Request request) {
            super.sendRequest(exchange, request);
        }

        void down(Exchange exchange, Response response) {
            super.sendResponse(exchange, response);
        }
    }
}
