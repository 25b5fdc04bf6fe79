package org.omtpdm.server.lwm2m;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.LinkFormat.Link;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;

/**
 * Puts objects and instances together from links in any order; notes what is odd. Confined to one
 * thread.
 */
final class ObjectCollector {
    private static final Set<String> KNOWN_ATTRIBUTES =
            Set.of("ver", "rt", "ct", "if", "sz", "ssid", "uri", "dim", "obs", "title");

    private final Map<Integer, TreeSet<Integer>> instances = new TreeMap<>();
    private final Map<Integer, String> versions = new TreeMap<>();
    private final Map<Integer, String> versionsOnInstances = new TreeMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> foreign = new ArrayList<>();
    private final Set<String> notes;

    ObjectCollector(Set<String> notes) {
        this.notes = notes;
    }

    boolean isEmpty() {
        return instances.isEmpty();
    }

    void add(Link link, String root) {
        var target = link.target();
        if (target.isEmpty() || target.equals("/") || target.equals(root)) {
            return;
        }
        var below =
                !root.isEmpty() && target.startsWith(root + "/")
                        ? target.substring(root.length())
                        : target;
        ResourcePath path;
        try {
            path = ResourcePath.parse(below.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            foreign.add(target);
            return;
        }
        if (path.ids().isEmpty()) {
            return;
        }
        if (path.ids().size() > 2) {
            notes.add("The object list names resources; only their instances are taken.");
        }
        int object = path.ids().get(0);
        var known = instances.computeIfAbsent(object, id -> new TreeSet<>());
        path.instanceId().ifPresent(known::add);
        link.attributes().forEach((name, value) -> attribute(path, name, value));
    }

    private void attribute(ResourcePath path, String name, String value) {
        if (!name.equals("ver")) {
            if (!KNOWN_ATTRIBUTES.contains(name)) {
                unknown.add(Words.plain(name, 20));
            }
            return;
        }
        if (!value.matches("[0-9]{1,3}\\.[0-9]{1,3}")) {
            notes.add("Version " + Words.quoted(value) + " of " + path + " is none; ignored.");
        } else if (path.ids().size() == 1) {
            versions.put(path.ids().get(0), value);
        } else {
            notes.add("A version stands on instance " + path + " instead of its object.");
            versionsOnInstances.putIfAbsent(path.ids().get(0), value);
        }
    }

    Map<Integer, AnnouncedObject> result() {
        if (!foreign.isEmpty()) {
            notes.add(
                    foreign.size()
                            + " link(s) are no LwM2M paths; ignored: "
                            + foreign.stream()
                                    .limit(3)
                                    .map(Words::quoted)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        if (!unknown.isEmpty()) {
            notes.add(
                    "Links have unknown attributes: "
                            + unknown.stream().limit(5).collect(Collectors.joining(", "))
                            + ".");
        }
        var objects = new TreeMap<Integer, AnnouncedObject>();
        instances.forEach(
                (id, ids) ->
                        objects.put(
                                id,
                                new AnnouncedObject(
                                        versions.getOrDefault(
                                                id, versionsOnInstances.getOrDefault(id, "1.0")),
                                        List.copyOf(ids))));
        return objects;
    }
}
