package org.omtpdm.server.lwm2m;

import java.time.Clock;
import java.util.Optional;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.observe.NotificationListener;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.registry.Observed;
import org.omtpdm.server.lwm2m.registry.Registry;

/** Notifications of observed paths, in order. Thread-safe. */
final class Notifications implements NotificationListener {
    private final Observations observations;
    private final Registry registry;
    private final Answers answers;
    private final Presence presence;
    private final ListenerLanes lanes;
    private final DeviceListener listener;
    private final DeviceLog log;
    private final Clock clock;

    Notifications(
            Observations observations,
            Registry registry,
            Answers answers,
            Presence presence,
            ListenerLanes lanes,
            DeviceListener listener,
            DeviceLog log,
            Clock clock) {
        this.observations = observations;
        this.registry = registry;
        this.answers = answers;
        this.presence = presence;
        this.lanes = lanes;
        this.listener = listener;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void onNotification(Request request, Response response) {
        var found = observations.of(response.getToken());
        if (found.isEmpty()) {
            return;
        }
        var observed = found.get();
        try {
            received(observed, response);
        } catch (RuntimeException | StackOverflowError e) {
            log.odd(observed.registration().endpoint(), "notification failed: " + e);
        }
    }

    private void received(Observed observed, Response response) {
        var registration = observed.registration();
        registry.heard(registration, response.getSourceContext().getPeerAddress());
        presence.heard(registration);
        presence.announce(registration);
        if (!response.isSuccess()) {
            log.odd(
                    registration.endpoint(),
                    "ended the observation of " + observed.path() + ": " + response.getCode());
            registry.forget(observed);
            return;
        }
        var number = response.getOptions().getObserve();
        if (number != null && !observed.isNewer(number, clock.millis())) {
            return;
        }
        var asked = observed.format() < 0 ? Optional.<Format>empty() : Format.of(observed.format());
        var endpoint = registration.endpoint();
        if (lanes.isFull(endpoint)) {
            log.odd(endpoint, "notification of " + observed.path() + " dropped: too many waiting");
            return;
        }
        for (var reading : answers.readings(registration, observed.path(), asked, response)) {
            lanes.run(endpoint, () -> listener.notified(endpoint, observed.path(), reading));
        }
    }
}
