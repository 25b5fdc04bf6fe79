package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners, in their order; one that fails keeps nothing from the others. */
public final class DeviceListeners implements DeviceListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceListeners.class);

    private final List<DeviceListener> listeners;

    public DeviceListeners(List<DeviceListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void each(String about, Consumer<DeviceListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("News of {} was lost on {}", PlainText.of(about), listener.getClass(), e);
            }
        }
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        each(registration.endpoint(), to -> to.registered(registration, replaced));
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        each(registration.endpoint(), to -> to.updated(registration, changed));
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        each(registration.endpoint(), to -> to.deregistered(registration));
    }

    @Override
    public void expired(RegistrationFacts registration) {
        each(registration.endpoint(), to -> to.expired(registration));
    }

    @Override
    public void heard(String endpoint, Instant at) {
        each(endpoint, to -> to.heard(endpoint, at));
    }

    @Override
    public void awake(String endpoint) {
        each(endpoint, to -> to.awake(endpoint));
    }

    @Override
    public void asleep(String endpoint) {
        each(endpoint, to -> to.asleep(endpoint));
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        each(endpoint, to -> to.notified(endpoint, observed, reading));
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        each(endpoint, to -> to.sent(endpoint, reading));
    }

    @Override
    public void refused(RefusedContact contact) {
        each(contact.endpoint(), to -> to.refused(contact));
    }
}
