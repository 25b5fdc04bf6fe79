package org.omtpdm.server.lwm2m;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.californium.core.coap.Request;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a kill the DTLS sessions are gone, and a device notices only when its next Update stays
 * unanswered, a minute or an hour later. So the server calls, paced: a CoAP ping, for which the
 * handshake is made. Devices in queue mode are left alone; they come by themselves.
 */
final class DeviceCaller {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceCaller.class);
    private static final int ROUNDS_PER_SECOND = 20;
    private static final Duration WAIT = Duration.ofSeconds(15);

    private final CoapExchanges exchanges;
    private final Iterator<Registration> left;
    private final Predicate<InetSocketAddress> isConnected;
    private final int perRound;
    private int called;

    /**
     * @param isConnected whether there is a DTLS session with an address
     */
    DeviceCaller(
            Registry registry,
            CoapExchanges exchanges,
            Predicate<InetSocketAddress> isConnected,
            int callsPerSecond) {
        this.exchanges = exchanges;
        this.isConnected = isConnected;
        this.left = registry.all().iterator();
        this.perRound = Math.max(1, callsPerSecond / ROUNDS_PER_SECOND);
    }

    void start(ScheduledExecutorService timer) {
        timer.schedule(() -> round(timer), 0, TimeUnit.MILLISECONDS);
    }

    private void round(ScheduledExecutorService timer) {
        for (int calls = 0; calls < perRound && left.hasNext(); ) {
            var registration = left.next();
            if (registration.isSecured()
                    && registration.mayBeCalled()
                    && !isConnected.test(registration.address())) {
                exchanges.send(registration, Request.newPing(), WAIT);
                calls++;
                called++;
            }
        }
        if (left.hasNext()) {
            timer.schedule(() -> round(timer), 1000 / ROUNDS_PER_SECOND, TimeUnit.MILLISECONDS);
        } else if (called > 0) {
            LOG.info("Called {} devices that had no DTLS session", called);
        }
    }
}
