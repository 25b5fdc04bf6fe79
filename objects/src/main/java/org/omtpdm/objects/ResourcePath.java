package org.omtpdm.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A path of the LwM2M data model, from the root {@code /} down to a resource instance.
 *
 * <p>Ordered by its numbers, a shorter path before the longer ones below it.
 *
 * @param ids zero to four numbers: object, object instance, resource, resource instance; each 0 to
 *     65534
 * @see "LwM2M Core 1.1.1 §7.3, identifiers"
 */
public record ResourcePath(List<Integer> ids) implements Comparable<ResourcePath> {

    /** The largest identifier; 65535 is reserved. */
    public static final int MAX_ID = 65534;

    public static final ResourcePath ROOT = new ResourcePath(List.of());

    public ResourcePath {
        ids = List.copyOf(ids);
        if (ids.size() > 4) {
            throw new IllegalArgumentException("Not a path: more than four levels " + ids);
        }
        for (int id : ids) {
            if (id < 0 || id > MAX_ID) {
                throw new IllegalArgumentException(
                        "Not a path: " + id + " is outside 0 to " + MAX_ID);
            }
        }
    }

    public static ResourcePath of(Integer... ids) {
        return new ResourcePath(List.of(ids));
    }

    /**
     * Reads {@code /3/0/9}; the leading slash may be missing, {@code /} is the root.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static ResourcePath parse(String text) {
        var rest = text.startsWith("/") ? text.substring(1) : text;
        if (rest.isEmpty()) {
            return ROOT;
        }
        var ids = new ArrayList<Integer>(4);
        for (var part : rest.split("/", -1)) {
            if (part.isEmpty()
                    || part.length() > 5
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("Not a path: '" + text + "'");
            }
            if (part.length() > 1 && part.charAt(0) == '0') {
                throw new IllegalArgumentException("Not a path: leading zero in '" + text + "'");
            }
            ids.add(Integer.parseInt(part));
        }
        return new ResourcePath(ids);
    }

    public OptionalInt objectId() {
        return level(0);
    }

    public OptionalInt instanceId() {
        return level(1);
    }

    public OptionalInt resourceId() {
        return level(2);
    }

    public OptionalInt resourceInstanceId() {
        return level(3);
    }

    private OptionalInt level(int index) {
        return index < ids.size() ? OptionalInt.of(ids.get(index)) : OptionalInt.empty();
    }

    public boolean isResource() {
        return ids.size() == 3;
    }

    /** The path one level below this one. */
    public ResourcePath child(int id) {
        var longer = new ArrayList<>(ids);
        longer.add(id);
        return new ResourcePath(longer);
    }

    /** True when {@code other} is this path or lies below it. */
    public boolean contains(ResourcePath other) {
        return other.ids.size() >= ids.size() && other.ids.subList(0, ids.size()).equals(ids);
    }

    @Override
    public int compareTo(ResourcePath other) {
        for (int i = 0; i < Math.min(ids.size(), other.ids.size()); i++) {
            int order = Integer.compare(ids.get(i), other.ids.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ids.size(), other.ids.size());
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        ids.forEach(id -> text.append('/').append(id));
        return text.isEmpty() ? "/" : text.toString();
    }
}
