package org.omtpdm.client.lwm2m;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.Resource;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.AccessRight;

/** Checks writes to an object. */
record ObjectWrites(SharedObject object, ObjectAccess access) {

    /**
     * Checks a write; nothing has changed yet.
     *
     * @param node of the path's kind
     * @param isReplacing whether what isn't in the node goes
     */
    PreparedWrite prepare(Requester who, LwM2mPath path, LwM2mNode node, boolean isReplacing)
            throws Refusal {
        access.refuseSecrets(who);
        ResourceTable table = access.table(who, path, AccessRight.WRITE);
        if (node instanceof LwM2mObjectInstance instance) {
            return prepareInstance(who, path, table, instance, isReplacing);
        }
        Resource resource = access.resource(who, path, AccessRight.WRITE);
        if (node instanceof LwM2mResource value) {
            return prepareResource(who, path, resource, value, isReplacing);
        }
        if (node instanceof LwM2mResourceInstance value) {
            return prepareResourceInstance(who, path, resource, value);
        }
        throw Refusal.badRequest("this cannot be written");
    }

    private PreparedWrite prepareInstance(
            Requester who,
            LwM2mPath path,
            ResourceTable table,
            LwM2mObjectInstance instance,
            boolean isReplacing)
            throws Refusal {
        if (isReplacing) {
            checkComplete(instance.getResources().keySet());
        }
        List<PreparedWrite> writes = new ArrayList<>();
        for (LwM2mResource value : instance.getResources().values()) {
            Resource resource =
                    table.find(value.getId())
                            .orElseThrow(() -> ObjectAccess.noResource(value.getId()));
            writes.add(
                    prepareResource(who, path.append(value.getId()), resource, value, isReplacing));
        }
        return PreparedWrite.all(writes);
    }

    private PreparedWrite prepareResource(
            Requester who,
            LwM2mPath path,
            Resource resource,
            LwM2mResource value,
            boolean isReplacing)
            throws Refusal {
        if (resource.writer().isEmpty()) {
            throw Refusal.notAllowed("not writable");
        }
        ResourceModel model = object.model().resources.get(path.getResourceId());
        if (model.multiple != value.isMultiInstances()) {
            throw Refusal.badRequest(
                    model.multiple ? "resource is multiple" : "resource is not multiple");
        }
        LwM2mResource wanted =
                model.multiple && !isReplacing ? merged(who, resource, value) : value;
        return resource.writer().get().prepare(who, wanted);
    }

    private PreparedWrite prepareResourceInstance(
            Requester who, LwM2mPath path, Resource resource, LwM2mResourceInstance value)
            throws Refusal {
        if (!object.model().resources.get(path.getResourceId()).multiple) {
            throw Refusal.badRequest("resource is not multiple");
        }
        if (resource.writer().isEmpty()) {
            throw Refusal.notAllowed("not writable");
        }
        LwM2mResource one = new LwM2mMultipleResource(path.getResourceId(), value.getType(), value);
        return resource.writer().get().prepare(who, merged(who, resource, one));
    }

    /** The instances a multiple resource has, with those that are written in their place. */
    private static LwM2mResource merged(Requester who, Resource resource, LwM2mResource value) {
        Map<Integer, LwM2mResourceInstance> instances = new TreeMap<>();
        resource.reader()
                .flatMap(reader -> reader.read(who))
                .ifPresent(old -> instances.putAll(old.getInstances()));
        instances.putAll(value.getInstances());
        return new LwM2mMultipleResource(value.getId(), value.getType(), instances.values());
    }

    /** Whether all is there that must be, in a new instance or one that is replaced. */
    void checkComplete(Set<Integer> resourceIds) throws Refusal {
        for (ResourceModel model : object.model().resources.values()) {
            if (model.mandatory
                    && model.operations.isWritable()
                    && !resourceIds.contains(model.id)) {
                throw Refusal.badRequest("mandatory writable resources missing");
            }
        }
    }
}
