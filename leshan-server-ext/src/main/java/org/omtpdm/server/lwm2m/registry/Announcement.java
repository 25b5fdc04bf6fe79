package org.omtpdm.server.lwm2m.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;

/**
 * What a device announced about itself, parsed and packed: many devices of one kind announce the
 * same and share one of these. Immutable, equal by content.
 */
public final class Announcement {
    private final String lwm2mVersion;
    private final String understoodVersion;
    private final String bindingMode;
    private final boolean queueMode;
    private final String rootPath;
    private final int formats;
    private final byte[] objects;
    private final List<String> notes;
    private volatile boolean shared;
    private volatile Map<Integer, AnnouncedObject> unpacked;

    /**
     * @param lwm2mVersion as announced, empty when it wasn't
     * @param understoodVersion {@code 1.0} or {@code 1.1}
     * @param rootPath where the objects are, for example {@code /lwm2m}; empty for the root
     * @param formats bits of the content formats announced, 0 for none
     */
    public Announcement(
            String lwm2mVersion,
            String understoodVersion,
            String bindingMode,
            boolean queueMode,
            String rootPath,
            int formats,
            Map<Integer, AnnouncedObject> objects,
            List<String> notes) {
        this(
                lwm2mVersion,
                understoodVersion,
                bindingMode,
                queueMode,
                rootPath,
                formats,
                pack(objects),
                notes);
    }

    private Announcement(
            String lwm2mVersion,
            String understoodVersion,
            String bindingMode,
            boolean queueMode,
            String rootPath,
            int formats,
            byte[] objects,
            List<String> notes) {
        this.lwm2mVersion = lwm2mVersion.intern();
        this.understoodVersion = understoodVersion.intern();
        this.bindingMode = bindingMode.intern();
        this.queueMode = queueMode;
        this.rootPath = rootPath;
        this.formats = formats;
        this.objects = objects;
        this.notes = List.copyOf(notes);
    }

    public String lwm2mVersion() {
        return lwm2mVersion;
    }

    public String understoodVersion() {
        return understoodVersion;
    }

    public String bindingMode() {
        return bindingMode;
    }

    public boolean queueMode() {
        return queueMode;
    }

    public String rootPath() {
        return rootPath;
    }

    public int formats() {
        return formats;
    }

    public List<String> notes() {
        return notes;
    }

    /** The same device with another list of objects, as after an Update or a Discover. */
    public Announcement withObjects(Map<Integer, AnnouncedObject> other) {
        return new Announcement(
                lwm2mVersion,
                understoodVersion,
                bindingMode,
                queueMode,
                rootPath,
                formats,
                pack(other),
                notes);
    }

    /** Several registrations have this one: worth keeping unpacked. */
    void share() {
        shared = true;
    }

    /** Unpacked anew at each call unless it is shared; unmodifiable. */
    public Map<Integer, AnnouncedObject> objects() {
        var kept = unpacked;
        if (kept == null) {
            kept = unpack();
            unpacked = shared ? kept : null;
        }
        return kept;
    }

    private Map<Integer, AnnouncedObject> unpack() {
        var found = new TreeMap<Integer, AnnouncedObject>();
        var in = new ByteReader(objects);
        int id = -1;
        while (in.hasMore()) {
            id += in.smallNumber() + 1;
            var version = version(in);
            var instances = new ArrayList<Integer>();
            int instance = -1;
            for (int left = in.smallNumber(); left > 0; left--) {
                instance += in.smallNumber() + 1;
                instances.add(instance);
            }
            found.put(id, new AnnouncedObject(version, instances));
        }
        return Map.copyOf(found);
    }

    /**
     * The announced version of one object, {@code 1.0} when none was, without unpacking the rest.
     */
    public String versionOf(int objectId) {
        return find(objectId).orElse("1.0");
    }

    /** True when the object was announced, with or without instances. */
    public boolean announces(int objectId) {
        return find(objectId).isPresent();
    }

    private Optional<String> find(int objectId) {
        var in = new ByteReader(objects);
        int id = -1;
        while (in.hasMore() && id < objectId) {
            id += in.smallNumber() + 1;
            var version = version(in);
            for (int left = in.smallNumber(); left > 0; left--) {
                in.number();
            }
            if (id == objectId) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private static byte[] pack(Map<Integer, AnnouncedObject> objects) {
        var out = new ByteWriter();
        int previous = -1;
        for (var entry : new TreeMap<>(objects).entrySet()) {
            out.number(entry.getKey() - previous - 1);
            previous = entry.getKey();
            var version = entry.getValue().version();
            if (version.matches("[0-9]\\.[0-9]")) {
                out.put((version.charAt(0) - '0') << 4 | version.charAt(2) - '0');
            } else {
                out.put(0xFF).text(version);
            }
            var instances = entry.getValue().instances().stream().sorted().distinct().toList();
            out.number(instances.size());
            int before = -1;
            for (int instance : instances) {
                out.number(instance - before - 1);
                before = instance;
            }
        }
        return out.toBytes();
    }

    private static String version(ByteReader in) {
        int packed = in.take();
        return packed == 0xFF ? in.text() : (packed >> 4) + "." + (packed & 0xF);
    }

    void write(ByteWriter out) {
        out.text(lwm2mVersion)
                .text(understoodVersion)
                .text(bindingMode)
                .put(queueMode ? 1 : 0)
                .text(rootPath)
                .number(formats)
                .bytes(objects)
                .number(notes.size());
        notes.forEach(out::text);
    }

    static Announcement read(ByteReader in) {
        var lwm2mVersion = in.text();
        var understood = in.text();
        var binding = in.text();
        boolean queue = in.take() == 1;
        var root = in.text();
        int formats = in.smallNumber();
        var objects = in.bytes();
        var notes = new ArrayList<String>();
        for (int left = in.smallNumber(); left > 0; left--) {
            notes.add(in.text());
        }
        return new Announcement(
                lwm2mVersion, understood, binding, queue, root, formats, objects, notes);
    }

    /** Bytes of the packed objects and notes, roughly. */
    int size() {
        return objects.length + notes.stream().mapToInt(String::length).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Announcement that
                && that.queueMode == queueMode
                && that.formats == formats
                && that.lwm2mVersion.equals(lwm2mVersion)
                && that.understoodVersion.equals(understoodVersion)
                && that.bindingMode.equals(bindingMode)
                && that.rootPath.equals(rootPath)
                && Arrays.equals(that.objects, objects)
                && that.notes.equals(notes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lwm2mVersion, bindingMode, rootPath, formats, notes)
                + Arrays.hashCode(objects);
    }
}
