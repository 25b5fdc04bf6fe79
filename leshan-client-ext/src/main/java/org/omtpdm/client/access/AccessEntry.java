package org.omtpdm.client.access;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.omtpdm.objects.AccessRight;

/**
 * One instance of Access Control: who may do what with one object instance.
 *
 * @param objectId what it is about
 * @param objectInstanceId what it is about; {@link #CREATION} for the right to create instances of
 *     the object
 * @param owner Short Server ID of the owner; {@link #NOBODY} when only a bootstrap may change it
 * @param acl number of rights by Short Server ID; 0 stands for all servers without an entry of
 *     their own
 */
record AccessEntry(int objectId, int objectInstanceId, int owner, Map<Integer, Long> acl) {

    /** Object instance id that stands for the object itself. */
    static final int CREATION = 65535;

    /** Owner of entries that no server may change. */
    static final int NOBODY = 65535;

    static final int EVERYBODY = 0;

    AccessEntry {
        acl = Map.copyOf(acl);
    }

    boolean isAbout(int object, int instance) {
        return objectId == object && objectInstanceId == instance;
    }

    /**
     * Whether a server has a right.
     *
     * @see "LwM2M Core 1.1.1 §7.3.2 Authorization"
     */
    boolean allows(int server, AccessRight right) {
        Long own = acl.get(server);
        if (own != null) {
            return AccessRight.ofBits(own).contains(right);
        }
        if (owner == server) {
            return right != AccessRight.CREATE;
        }
        return AccessRight.ofBits(acl.getOrDefault(EVERYBODY, 0L)).contains(right);
    }

    AccessEntry withAcl(Map<Integer, Long> other) {
        return new AccessEntry(objectId, objectInstanceId, owner, other);
    }

    AccessEntry withOwner(int other) {
        return new AccessEntry(objectId, objectInstanceId, other, acl);
    }

    /** One line of the state store. */
    String print() {
        return objectId + " " + objectInstanceId + " " + owner + " " + printAcl(acl);
    }

    static AccessEntry read(String line) {
        String[] words = line.split(" ", 4);
        return new AccessEntry(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                readAcl(words[3]));
    }

    static String printAcl(Map<Integer, Long> acl) {
        return new TreeMap<>(acl)
                .entrySet().stream()
                        .map(right -> right.getKey() + "=" + right.getValue())
                        .collect(Collectors.joining(","));
    }

    static Map<Integer, Long> readAcl(String text) {
        Map<Integer, Long> acl = new TreeMap<>();
        for (String right : text.split(",")) {
            if (!right.isEmpty()) {
                int equals = right.indexOf('=');
                acl.put(
                        Integer.parseInt(right.substring(0, equals)),
                        Long.parseLong(right.substring(equals + 1)));
            }
        }
        return acl;
    }

    /** What a factory or the device itself grants: all to the owner, reading to all others. */
    static AccessEntry ownedBy(int owner, int objectId, int objectInstanceId) {
        return new AccessEntry(
                objectId,
                objectInstanceId,
                owner,
                Map.of(EVERYBODY, (long) AccessRight.bitsOf(Set.of(AccessRight.READ))));
    }
}
