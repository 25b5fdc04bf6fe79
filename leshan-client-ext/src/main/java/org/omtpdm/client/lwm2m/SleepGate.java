package org.omtpdm.client.lwm2m;

import java.net.DatagramPacket;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.EmptyMessage;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;
import org.eclipse.californium.scandium.DatagramFilter;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.Record;

/**
 * Makes a device in queue mode really deaf: datagrams that arrive while it sleeps are dropped
 * unread, as a modem that is switched off does. It is awake for some time after the last message it
 * sent or received awake. Thread-safe.
 */
final class SleepGate extends MessageInterceptorAdapter implements DatagramFilter {

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
    public boolean onReceiving(DatagramPacket packet) {
        return !isAsleep();
    }

    @Override
    public boolean onReceiving(Record received, Connection connection) {
        return true;
    }

    @Override
    public boolean onMacError(Record received, Connection connection) {
        return false;
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
