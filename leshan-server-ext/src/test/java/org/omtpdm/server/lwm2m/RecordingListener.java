package org.omtpdm.server.lwm2m;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.omtpdm.objects.ResourcePath;

/** Keeps what it is told, as words and as values. */
class RecordingListener implements DeviceListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<RegistrationFacts> registrations = new CopyOnWriteArrayList<>();
    final List<Reading> notifications = new CopyOnWriteArrayList<>();
    final List<Reading> sends = new CopyOnWriteArrayList<>();
    final List<RefusedContact> refusals = new CopyOnWriteArrayList<>();
    final List<String> newSessions = new CopyOnWriteArrayList<>();

    @Override
    public void newSession(String endpoint) {
        newSessions.add(endpoint);
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        registrations.add(registration);
        events.add("registered " + registration.endpoint() + (replaced ? " anew" : ""));
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        events.add("updated " + registration.endpoint() + (changed ? " changed" : ""));
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        events.add("deregistered " + registration.endpoint());
    }

    @Override
    public void expired(RegistrationFacts registration) {
        events.add("expired " + registration.endpoint());
    }

    @Override
    public void heard(String endpoint, Instant at) {
        // told of every message
    }

    @Override
    public void awake(String endpoint) {
        events.add("awake " + endpoint);
    }

    @Override
    public void asleep(String endpoint) {
        events.add("asleep " + endpoint);
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        notifications.add(reading);
        events.add("notified " + endpoint + " " + observed);
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        sends.add(reading);
        events.add("sent " + endpoint);
    }

    @Override
    public void refused(RefusedContact contact) {
        refusals.add(contact);
        events.add("refused " + contact.reason());
    }
}
