package org.omtpdm.client.access;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.AccessControlResources;
import org.omtpdm.objects.AccessRight;
import org.omtpdm.objects.ObjectIds;

/**
 * LwM2M Access Control (/2:1.1), and the answer to who may do what. With one server account there
 * is nothing to decide and no instance. With several, every object instance has one: the first
 * account owns what was there from the start, each account its own /1 instance, and a server what
 * it creates. Thread-safe.
 *
 * @see "LwM2M Core 1.1.1 §7.3 and appendix E.3"
 */
public final class AccessControlObject extends SharedObject {

    private static final String PREFIX = "access/";
    private static final String ACL_PREFIX = "access-acl/";
    private static final String OWNER_PREFIX = "access-owner/";
    private static final long ALL_RIGHTS = AccessRight.bitsOf(Set.of(AccessRight.values()));

    private final DeviceContext context;
    private final Set<Integer> servers;
    private final int firstServer;
    private final SortedMap<Integer, AccessEntry> entries = new TreeMap<>();

    public AccessControlObject(DeviceContext context, Collection<ServerAccount> accounts) {
        super(context.model(ObjectIds.ACCESS_CONTROL));
        this.context = context;
        this.servers =
                accounts.stream().map(ServerAccount::shortServerId).collect(Collectors.toSet());
        this.firstServer = accounts.iterator().next().shortServerId();
        context.state()
                .startingWith(PREFIX)
                .forEach(
                        (key, line) -> {
                            int id = Integer.parseInt(key.substring(PREFIX.length()));
                            put(id, stored(id, AccessEntry.read(line)));
                        });
    }

    /** An entry with what was written to it since it was made. */
    private AccessEntry stored(int id, AccessEntry made) {
        AccessEntry entry =
                context.state()
                        .get(ACL_PREFIX + id)
                        .map(acl -> made.withAcl(AccessEntry.readAcl(acl)))
                        .orElse(made);
        return context.state()
                .get(OWNER_PREFIX + id)
                .map(owner -> entry.withOwner(Integer.parseInt(owner)))
                .orElse(entry);
    }

    /** Whether there is anything to decide. */
    private boolean isShared() {
        return servers.size() > 1;
    }

    /**
     * Gives every instance that has no entry yet one, as a factory would; called once, before
     * requests come.
     *
     * @param objects all objects but /0 and /2
     * @param accounts in the order of the instances of /1
     */
    public void complete(Collection<SharedObject> objects, java.util.List<ServerAccount> accounts)
            throws IOException {
        if (!isShared()) {
            return;
        }
        Map<String, Optional<String>> changes = new TreeMap<>();
        for (SharedObject object : objects) {
            for (int instance : object.instanceIds()) {
                int owner =
                        object.id() == ObjectIds.SERVER
                                ? accounts.get(instance).shortServerId()
                                : firstServer;
                add(changes, AccessEntry.ownedBy(owner, object.id(), instance));
            }
            if (object.model().multiple && object.id() != ObjectIds.SERVER) {
                add(
                        changes,
                        new AccessEntry(
                                object.id(),
                                AccessEntry.CREATION,
                                AccessEntry.NOBODY,
                                Map.of(firstServer, (long) AccessRight.CREATE.code())));
            }
        }
        context.state().write(changes);
    }

    private synchronized void add(Map<String, Optional<String>> changes, AccessEntry entry) {
        if (find(entry.objectId(), entry.objectInstanceId()).isEmpty()) {
            int id = freeId();
            put(id, entry);
            changes.put(PREFIX + id, Optional.of(entry.print()));
        }
    }

    /** Whether a server may do this with an existing instance. */
    public synchronized boolean allows(
            Requester who, int objectId, int instanceId, AccessRight right) {
        if (who.isDevice() || !isShared()) {
            return true;
        }
        if (objectId == ObjectIds.ACCESS_CONTROL) {
            // all may look, only the owner may change, and none may add or remove
            return right == AccessRight.READ
                    || right == AccessRight.WRITE
                            && Optional.ofNullable(entries.get(instanceId))
                                    .map(entry -> entry.owner() == who.shortServerId())
                                    .orElse(false);
        }
        return find(objectId, instanceId)
                .map(entry -> entry.allows(who.shortServerId(), right))
                .orElse(false);
    }

    /** Whether a server may create instances of an object. */
    public boolean allowsCreation(Requester who, int objectId) {
        return objectId == ObjectIds.ACCESS_CONTROL && isShared()
                ? false
                : allows(who, objectId, AccessEntry.CREATION, AccessRight.CREATE);
    }

    /** Makes the creator the owner of a new instance; part of its creation. */
    public PreparedWrite prepareOwner(Requester who, int objectId, int instanceId) {
        if (!isShared() || who.isDevice()) {
            return PreparedWrite.inMemory(() -> {});
        }
        int id = freeId();
        AccessEntry entry =
                new AccessEntry(
                        objectId,
                        instanceId,
                        who.shortServerId(),
                        Map.of(
                                who.shortServerId(),
                                ALL_RIGHTS & ~(long) AccessRight.CREATE.code()));
        return PreparedWrite.stored(
                PREFIX + id,
                entry.print(),
                () -> {
                    put(id, entry);
                    context.changes().added(id(), id);
                });
    }

    /** Removes the entry of an instance; part of its deletion. */
    public synchronized PreparedWrite prepareRemoval(int objectId, int instanceId) {
        OptionalInt id =
                entries.entrySet().stream()
                        .filter(entry -> entry.getValue().isAbout(objectId, instanceId))
                        .mapToInt(Map.Entry::getKey)
                        .findFirst();
        if (id.isEmpty()) {
            return PreparedWrite.inMemory(() -> {});
        }
        return new PreparedWrite(
                Map.of(
                        PREFIX + id.getAsInt(), Optional.empty(),
                        ACL_PREFIX + id.getAsInt(), Optional.empty(),
                        OWNER_PREFIX + id.getAsInt(), Optional.empty()),
                () -> {
                    remove(id.getAsInt());
                    context.changes().removed(id(), id.getAsInt());
                });
    }

    private synchronized int freeId() {
        int id = 0;
        while (entries.containsKey(id)) {
            id++;
        }
        return id;
    }

    private synchronized void put(int id, AccessEntry entry) {
        boolean isNew = entries.put(id, entry) == null;
        if (isNew) {
            addInstance(id, resources(id));
        }
    }

    private synchronized void remove(int id) {
        entries.remove(id);
        removeInstance(id);
    }

    private synchronized Optional<AccessEntry> find(int objectId, int instanceId) {
        return entries.values().stream()
                .filter(entry -> entry.isAbout(objectId, instanceId))
                .findFirst();
    }

    private synchronized AccessEntry entry(int id) {
        return entries.get(id);
    }

    private ResourceTable resources(int id) {
        return new ResourceTable()
                .integer(AccessControlResources.OBJECT_ID, () -> entry(id).objectId())
                .integer(
                        AccessControlResources.OBJECT_INSTANCE_ID,
                        () -> entry(id).objectInstanceId())
                .integers(AccessControlResources.ACL, () -> entry(id).acl())
                .writable(AccessControlResources.ACL, (who, value) -> prepareAcl(id, value))
                .integer(AccessControlResources.ACCESS_CONTROL_OWNER, () -> entry(id).owner())
                .writable(
                        AccessControlResources.ACCESS_CONTROL_OWNER,
                        (who, value) -> {
                            int owner = (int) ResourceTable.number(value, 1, AccessEntry.NOBODY);
                            if (!servers.contains(owner)) {
                                throw Refusal.badRequest(
                                        "owner: there is no server account " + owner);
                            }
                            return replaced(
                                    id,
                                    OWNER_PREFIX,
                                    Integer.toString(owner),
                                    entry -> entry.withOwner(owner),
                                    AccessControlResources.ACCESS_CONTROL_OWNER);
                        });
    }

    private PreparedWrite prepareAcl(int id, LwM2mResource value) throws Refusal {
        Map<Integer, Long> acl = new TreeMap<>();
        for (LwM2mResourceInstance instance : value.getInstances().values()) {
            Object rights = instance.getValue();
            if (!(rights instanceof Number number)
                    || number.longValue() < 0
                    || number.longValue() > ALL_RIGHTS) {
                throw Refusal.badRequest("ACL: expected rights from 0 to " + ALL_RIGHTS);
            }
            acl.put(instance.getId(), number.longValue());
        }
        return replaced(
                id,
                ACL_PREFIX,
                AccessEntry.printAcl(acl),
                entry -> entry.withAcl(acl),
                AccessControlResources.ACL);
    }

    /** ACL and owner are stored apart from each other, so that both can be written in one step. */
    private PreparedWrite replaced(
            int id, String key, String value, UnaryOperator<AccessEntry> change, int resourceId) {
        return PreparedWrite.stored(
                key + id,
                value,
                () -> {
                    put(id, change.apply(entry(id)));
                    context.changes().resources(id(), id, resourceId);
                });
    }
}
