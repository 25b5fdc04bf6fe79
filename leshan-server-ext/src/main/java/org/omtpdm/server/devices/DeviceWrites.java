package org.omtpdm.server.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.omtpdm.server.store.Json;

/** Changes of the tables {@code devices} and {@code devices_announced}. */
final class DeviceWrites {

    private DeviceWrites() {}

    static void insert(Handle handle, String id, String endpoint, String name, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO devices (id, endpoint, name, name_key, search, created_at)
                        VALUES (:id, :endpoint, :name, :key, :search, :now)
                        """)
                .bind("id", id)
                .bind("endpoint", endpoint)
                .bind("name", name)
                .bind("key", nameKey(name.isEmpty() ? endpoint : name))
                .bind("search", searchText(endpoint, name, "", DeviceFacts.UNKNOWN))
                .bind("now", now)
                .execute();
    }

    /** A registration, new or changed. */
    static void registration(
            Handle handle, String id, RegistrationFacts facts, ContactRhythm rhythm) {
        handle.createUpdate(
                        """
                        UPDATE devices SET
                          registered_at = :registered, registration_id = :registration,
                          valid_until = :valid, lifetime_ms = :lifetime, queue_mode = :queue,
                          awake_until = :awake, secured = :secured, address = :address,
                          lwm2m_version = :version, binding_mode = :binding, deregistered_at = 0,
                          last_heard_at = CASE WHEN last_heard_at > :heard THEN last_heard_at
                            ELSE :heard END,
                          last_beat_at = :beat, learnt_ms = :learnt,
                          expected_at = :expected, interval_ms = :interval
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("registered", facts.registeredAt())
                .bind("registration", facts.registrationId())
                .bind("valid", facts.expiresAt())
                .bind("lifetime", facts.lifetime())
                .bind("queue", facts.queueMode() ? 1 : 0)
                .bind("awake", facts.awakeUntil().orElse(Instant.EPOCH))
                .bind("secured", facts.secured() ? 1 : 0)
                .bind("address", PlainText.of(facts.address()))
                .bind("version", PlainText.of(facts.lwm2mVersion()))
                .bind("binding", PlainText.of(facts.bindingMode()))
                .bind("heard", facts.lastHeard())
                .bind("beat", rhythm.lastBeat())
                .bind("learnt", rhythm.learnt())
                .bind("expected", rhythm.expectedAt())
                .bind("interval", rhythm.interval())
                .execute();
        announced(handle, id, facts);
    }

    private static void announced(Handle handle, String id, RegistrationFacts facts) {
        handle.createUpdate(
                        """
                        INSERT INTO devices_announced (device_id, objects, notes)
                        VALUES (:id, :objects, :notes)
                        ON CONFLICT (device_id) DO UPDATE
                        SET objects = excluded.objects, notes = excluded.notes
                        """)
                .bind("id", id)
                .bind("objects", Json.write(facts.objects()))
                .bind("notes", Json.write(facts.notes()))
                .execute();
    }

    static void deregistered(Handle handle, String id, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE devices SET valid_until = :now, deregistered_at = :now
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    static void expired(Handle handle, String id, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE devices SET valid_until = :now WHERE id = :id AND valid_until > :now
                        """)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    static void awakeUntil(Handle handle, String id, Instant until) {
        handle.createUpdate("UPDATE devices SET awake_until = :until WHERE id = :id")
                .bind("id", id)
                .bind("until", until)
                .execute();
    }

    /**
     * What hearing of devices needs of their rows, by endpoint; only of devices that registered.
     */
    static Map<String, HeardBuffer.Known> known(Handle handle, List<String> endpoints) {
        var known = new HashMap<String, HeardBuffer.Known>();
        if (!endpoints.isEmpty()) {
            handle.createQuery(
                            """
                            SELECT endpoint, registration_id, last_beat_at, learnt_ms, expected_at,
                              interval_ms
                            FROM devices WHERE endpoint IN (<endpoints>) AND registered_at > 0
                            """)
                    .bindList("endpoints", endpoints)
                    .map(
                            (row, context) ->
                                    known.put(
                                            row.getString("endpoint"),
                                            new HeardBuffer.Known(
                                                    row.getString("registration_id"),
                                                    DeviceRows.rhythm(row))))
                    .list();
        }
        return known;
    }

    /** News of a device, and the rhythm that follows from it. */
    record HeardChange(HeardBuffer.Heard news, ContactRhythm rhythm) {}

    /** What hearing of devices changes; times never go back. */
    static void heard(Handle handle, List<HeardChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var batch =
                handle.prepareBatch(
                        """
                        UPDATE devices SET
                          last_heard_at = CASE WHEN last_heard_at > :at THEN last_heard_at
                            ELSE :at END,
                          valid_until = CASE WHEN valid_until > :valid THEN valid_until
                            ELSE :valid END,
                          awake_until = CASE WHEN awake_until > :awake THEN awake_until
                            ELSE :awake END,
                          last_beat_at = :beat, learnt_ms = :learnt,
                          expected_at = :expected, interval_ms = :interval
                        WHERE endpoint = :endpoint
                        """);
        for (var change : changes) {
            var update = change.news.update();
            batch.bind("endpoint", change.news.endpoint())
                    .bind("at", change.news.at().toEpochMilli())
                    .bind(
                            "valid",
                            update.map(latest -> latest.expiresAt().toEpochMilli()).orElse(0L))
                    .bind(
                            "awake",
                            update.flatMap(RegistrationFacts::awakeUntil)
                                    .map(Instant::toEpochMilli)
                                    .orElse(0L))
                    .bind("beat", change.rhythm.lastBeat().toEpochMilli())
                    .bind("learnt", change.rhythm.learnt().toMillis())
                    .bind("expected", change.rhythm.expectedAt().toEpochMilli())
                    .bind("interval", change.rhythm.interval().toMillis())
                    .add();
        }
        batch.execute();
    }

    static void refused(Handle handle, String id, Instant at, String text) {
        handle.createUpdate(
                        """
                        UPDATE devices SET refused_at = :at, refused_text = :text WHERE id = :id
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("text", text)
                .execute();
    }

    static void facts(Handle handle, Device device, DeviceFacts facts) {
        handle.createUpdate(
                        """
                        UPDATE devices SET
                          manufacturer = :manufacturer, model = :model, serial = :serial,
                          firmware = :firmware, battery = :battery, memory_free = :memory,
                          error_codes = :errors, process_count = :processes,
                          clock_skew_ms = :skew, search = :search
                        WHERE id = :id
                        """)
                .bind("id", device.id())
                .bind("manufacturer", facts.manufacturer())
                .bind("model", facts.model())
                .bind("serial", facts.serial())
                .bind("firmware", facts.firmware())
                .bind("battery", facts.battery().orElse(-1))
                .bind("memory", facts.memoryFree().orElse(-1))
                .bind("errors", DeviceRows.errorCodes(facts.errorCodes()))
                .bind("processes", facts.processCount().orElse(-1))
                .bind("skew", facts.clockSkew().map(Duration::toMillis).orElse(null))
                .bind(
                        "search",
                        searchText(device.endpoint(), device.givenName(), device.note(), facts))
                .execute();
    }

    static void words(Handle handle, Device device, String name, String note) {
        handle.createUpdate(
                        """
                        UPDATE devices SET name = :name, name_key = :key, note = :note,
                          search = :search
                        WHERE id = :id
                        """)
                .bind("id", device.id())
                .bind("name", name)
                .bind("key", nameKey(name.isEmpty() ? device.endpoint() : name))
                .bind("note", note)
                .bind("search", searchText(device.endpoint(), name, note, device.facts()))
                .execute();
    }

    static void openAttention(Handle handle, String id, int open) {
        handle.createUpdate("UPDATE devices SET open_attention = :open WHERE id = :id")
                .bind("id", id)
                .bind("open", open)
                .execute();
    }

    private static String nameKey(String name) {
        return PlainText.folded(PlainText.of(name));
    }

    /** What a search looks at; no word reaches across two parts. */
    private static String searchText(String endpoint, String name, String note, DeviceFacts facts) {
        return Stream.of(
                        name,
                        endpoint,
                        facts.manufacturer(),
                        facts.model(),
                        facts.serial(),
                        facts.firmware(),
                        note)
                .filter(part -> !part.isEmpty())
                .map(PlainText::folded)
                .collect(Collectors.joining("\n"));
    }
}
