package org.omtpdm.server.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.store.Json;

/**
 * What a device announced with its latest registration.
 *
 * @param objects object id to version and instances, in the order of ids
 * @param notes what was odd about the registration and how it was taken
 */
public record Announcement(SortedMap<Integer, AnnouncedObject> objects, List<String> notes) {

    private static final TypeReference<TreeMap<Integer, AnnouncedObject>> OBJECTS =
            new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int IDS_AT_ONCE = 500;

    public Announcement {
        objects = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(objects));
        notes = List.copyOf(notes);
    }

    public boolean has(int objectId) {
        return objects.containsKey(objectId);
    }

    static Optional<Announcement> find(Handle handle, String id) {
        return Optional.ofNullable(findAll(handle, List.of(id)).get(id));
    }

    static Map<String, Announcement> findAll(Handle handle, Collection<String> ids) {
        var all = new ArrayList<>(ids);
        var found = new HashMap<String, Announcement>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            handle.createQuery("SELECT * FROM devices_announced WHERE device_id IN (<ids>)")
                    .bindList("ids", all.subList(from, Math.min(from + IDS_AT_ONCE, all.size())))
                    .map((row, context) -> found.put(row.getString("device_id"), announcement(row)))
                    .list();
        }
        return found;
    }

    private static Announcement announcement(ResultSet row) throws SQLException {
        return new Announcement(
                parse(row.getString("objects"), OBJECTS), parse(row.getString("notes"), TEXTS));
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return Json.shared().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored announcement can't be read", e);
        }
    }
}
