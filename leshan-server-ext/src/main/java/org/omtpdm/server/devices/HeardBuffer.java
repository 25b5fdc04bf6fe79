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
     * Writes the news of one device.
     *
     * @return false, with nothing written, when the row doesn't know the registration of the news
     */
    boolean write(Handle handle, Heard news) {
        var kept = devices.get(news.endpoint);
        var before = kept != null ? Optional.of(kept) : DeviceWrites.known(handle, news.endpoint);
        if (before.isEmpty()) {
            return false;
        }
        var known = before.get();
        if (news.update
                .filter(update -> !update.registrationId().equals(known.registrationId))
                .isPresent()) {
            return false;
        }
        var rhythm = known.rhythm;
        if (news.update.isPresent()) {
            var update = news.update.get();
            rhythm = rhythm.beat(update.lastUpdate(), update.lifetime());
        }
        rhythm = rhythm.heard(news.at);
        devices.put(news.endpoint, new Known(known.registrationId, rhythm));
        DeviceWrites.heard(handle, news, rhythm);
        return true;
    }
}
