package org.omtpdm.server;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what devices do on to whoever wants to know; some of those are made after the link, since
 * they send through it. Thread-safe.
 */
final class DeviceNews implements DeviceListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceNews.class);

    private final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();

    void subscribe(DeviceListener listener) {
        listeners.add(listener);
    }

    private void tell(Consumer<DeviceListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("{} failed on news of a device", listener.getClass(), e);
            }
        }
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        tell(listener -> listener.registered(registration, replaced));
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        tell(listener -> listener.updated(registration, changed));
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        tell(listener -> listener.deregistered(registration));
    }

    @Override
    public void expired(RegistrationFacts registration) {
        tell(listener -> listener.expired(registration));
    }

    @Override
    public void heard(String endpoint, Instant at) {
        tell(listener -> listener.heard(endpoint, at));
    }

    @Override
    public void awake(String endpoint) {
        tell(listener -> listener.awake(endpoint));
    }

    @Override
    public void asleep(String endpoint) {
        tell(listener -> listener.asleep(endpoint));
    }

    @Override
    public void newSession(String endpoint) {
        tell(listener -> listener.newSession(endpoint));
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        tell(listener -> listener.notified(endpoint, observed, reading));
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        tell(listener -> listener.sent(endpoint, reading));
    }

    @Override
    public void refused(RefusedContact contact) {
        tell(listener -> listener.refused(contact));
    }
}
