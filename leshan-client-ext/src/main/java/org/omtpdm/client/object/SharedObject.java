package org.omtpdm.client.object;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.node.LwM2mResource;

/**
 * One LwM2M object of the device. It belongs to the device, not to a connection: every server
 * account gets a thin wrapper around it that checks access rights (DESIGN.md §6, Several servers).
 * Thread-safe; reading resources takes no lock of this object.
 */
public abstract class SharedObject {

    private final ObjectModel model;
    private volatile SortedMap<Integer, ResourceTable> instances = new TreeMap<>();

    protected SharedObject(ObjectModel model) {
        this.model = model;
    }

    public final ObjectModel model() {
        return model;
    }

    public final int id() {
        return model.id;
    }

    /** Ids of the instances at this time, ascending. */
    public final Collection<Integer> instanceIds() {
        return instances.keySet();
    }

    public final Optional<ResourceTable> instance(int id) {
        return Optional.ofNullable(instances.get(id));
    }

    protected final synchronized void addInstance(int id, ResourceTable table) {
        SortedMap<Integer, ResourceTable> more = new TreeMap<>(instances);
        more.put(id, table);
        instances = more;
    }

    protected final synchronized void removeInstance(int id) {
        SortedMap<Integer, ResourceTable> fewer = new TreeMap<>(instances);
        fewer.remove(id);
        instances = fewer;
    }

    /**
     * Checks the creation of an instance; it is there after {@link PreparedCreation#write} was
     * committed.
     *
     * @param instanceId the id the server wants, if it wants one
     */
    public PreparedCreation prepareCreate(
            Requester requester, OptionalInt instanceId, Collection<LwM2mResource> resources)
            throws Refusal {
        throw Refusal.notAllowed("object " + id() + ": instances cannot be created");
    }

    /** Checks the deletion of an existing instance. */
    public PreparedWrite prepareDelete(Requester requester, int instanceId) throws Refusal {
        throw Refusal.notAllowed("object " + id() + ": instances cannot be deleted");
    }

    /** The device stops, as when the power fails: nothing may be changed or stored any more. */
    public void stop() {}

    /** A creation that was checked. */
    public record PreparedCreation(int instanceId, PreparedWrite write) {}
}
