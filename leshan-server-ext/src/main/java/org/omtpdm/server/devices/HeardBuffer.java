package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/**
 * Collects when devices were heard, so that it is written once per device and flush however often
 * they speak. Bounded by the number of registered devices. {@link #record} and {@link #take} are
 * thread-safe; {@link #write} is confined to the database's writer thread.
 */
final class HeardBuffer {

    private static final int DEVICES = 100_000;

    /**
     * @param update the latest Update that changed nothing but the time
     */
    record Heard(String endpoint, Instant at, Optional<RegistrationFacts> update) {
        Heard and(Heard other) {
            return new Heard(
                    endpoint,
                    at.isAfter(other.at) ? at : other.at,
                    other.update.isPresent() ? other.update : update);
        }

        private boolean belongsTo(Known known) {
            return update.map(RegistrationFacts::registrationId)
                    .map(known.registrationId::equals)
                    .orElse(true);
        }

        private ContactRhythm after(ContactRhythm before) {
            return update.map(latest -> before.beat(latest.lastUpdate(), latest.lifetime()))
                    .orElse(before)
                    .heard(at);
        }
    }

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private final Map<String, Known> devices =
            new LinkedHashMap<>(1024, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > DEVICES;
                }
            };

    /** What is kept of a device's row, to spare reading it at each flush. */
    record Known(String registrationId, ContactRhythm rhythm) {}

    void record(Heard news) {
        heard.merge(news.endpoint, news, Heard::and);
    }

    /** Everything collected since the last call, in parts of at most {@code size}. */
    List<List<Heard>> take(int size) {
        var parts = new ArrayList<List<Heard>>();
        var part = new ArrayList<Heard>();
        for (var endpoint : List.copyOf(heard.keySet())) {
            var news = heard.remove(endpoint);
            if (news != null) {
                part.add(news);
            }
            if (part.size() == size) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** Forgets what is kept of a device whose row is written otherwise. */
    void forget(String endpoint) {
        devices.remove(endpoint);
    }

    /**
     * Writes news of many devices in few statements.
     *
     * @return the news, not written, whose registration the device's row doesn't know
     */
    List<Heard> write(Handle handle, List<Heard> news) {
        var unknown =
                news.stream()
                        .map(Heard::endpoint)
                        .filter(endpoint -> !devices.containsKey(endpoint))
                        .toList();
        devices.putAll(DeviceWrites.known(handle, unknown));
        var missed = new ArrayList<Heard>();
        var changes = new ArrayList<DeviceWrites.HeardChange>(news.size());
        for (var one : news) {
            var known = devices.get(one.endpoint);
            if (known == null || !one.belongsTo(known)) {
                missed.add(one);
            } else {
                var rhythm = one.after(known.rhythm);
                devices.put(one.endpoint, new Known(known.registrationId, rhythm));
                changes.add(new DeviceWrites.HeardChange(one, rhythm));
            }
        }
        DeviceWrites.heard(handle, changes);
        return missed;
    }
}
