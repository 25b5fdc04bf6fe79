package org.omtpdm.client.lwm2m;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.EmptyMessage;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;

/**
 * Makes a device in queue mode really deaf: datagrams that arrive while it sleeps are dropped
 * unread, as a modem that is switched off does. It is awake for some time after the last message it
 * sent or received awake. Thread-safe.
 */
final class SleepGate extends MessageInterceptorAdapter implements Link {

    private final long awakeNanos;
    private final LongSupplier nanoTime;
    private volatile long awakeUntil;

    SleepGate(Duration awake, LongSupplier nanoTime) {
        this.awakeNanos = awake.toNanos();
        this.nanoTime = nanoTime;
        wake();
    }

    /** The device has something to say, or has been told something. */
    void wake() {
        awakeUntil = nanoTime.getAsLong() + awakeNanos;
    }

    boolean isAsleep() {
        return nanoTime.getAsLong() - awakeUntil > 0;
    }

    @Override
    public boolean letsIn() {
        return !isAsleep();
    }

    @Override
    public boolean letsOut() {
        return true;
    }

    @Override
    public void sendRequest(Request request) {
        wake();
    }

    @Override
    public void sendResponse(Response response) {
        wake();
    }

    @Override
    public void receiveRequest(Request request) {
        wake();
    }

    @Override
    public void receiveResponse(Response response) {
        wake();
    }

    @Override
    public void receiveEmptyMessage(EmptyMessage message) {
        wake();
    }
}
