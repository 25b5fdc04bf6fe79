package org.omtpdm.client.lwm2m;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObject;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.omtpdm.client.access.AccessControlObject;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.Resource;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.AccessRight;
import org.omtpdm.objects.ObjectIds;

/** Finds and reads parts of an object for a requester, as far as his rights go. */
record ObjectAccess(SharedObject object, AccessControlObject rights) {

    boolean isSecret() {
        return object.id() == ObjectIds.SECURITY || object.id() == ObjectIds.OSCORE;
    }

    void refuseSecrets(Requester who) throws Refusal {
        if (isSecret() && !who.isDevice()) {
            throw Refusal.unauthorized();
        }
    }

    ResourceTable table(Requester who, LwM2mPath path, AccessRight right) throws Refusal {
        ResourceTable table =
                object.instance(path.getObjectInstanceId())
                        .orElseThrow(() -> Refusal.notFound("no such object instance"));
        if (!rights.allows(who, object.id(), path.getObjectInstanceId(), right)) {
            throw Refusal.unauthorized();
        }
        return table;
    }

    Resource resource(Requester who, LwM2mPath path, AccessRight right) throws Refusal {
        return table(who, path, right)
                .find(path.getResourceId())
                .orElseThrow(() -> noResource(path.getResourceId()));
    }

    static Refusal noResource(int id) {
        return Refusal.notFound("no resource " + id);
    }

    LwM2mNode read(Requester who, LwM2mPath path) throws Refusal {
        refuseSecrets(who);
        if (path.isObject()) {
            return readObject(who);
        }
        if (path.isObjectInstance()) {
            return readInstance(
                    who, path.getObjectInstanceId(), table(who, path, AccessRight.READ));
        }
        Resource resource = resource(who, path, AccessRight.READ);
        if (resource.reader().isEmpty()) {
            throw Refusal.notAllowed("not readable");
        }
        LwM2mResource value =
                resource.reader()
                        .get()
                        .read(who)
                        .orElseThrow(() -> Refusal.notFound("the device has no such value"));
        return path.isResource() ? value : instanceOf(value, path);
    }

    private static LwM2mResourceInstance instanceOf(LwM2mResource value, LwM2mPath path)
            throws Refusal {
        if (!value.isMultiInstances()) {
            throw Refusal.badRequest("resource is not multiple");
        }
        LwM2mResourceInstance instance = value.getInstance(path.getResourceInstanceId());
        if (instance == null) {
            throw Refusal.notFound("no such resource instance");
        }
        return instance;
    }

    private LwM2mObject readObject(Requester who) throws Refusal {
        List<LwM2mObjectInstance> instances = new ArrayList<>();
        boolean isHidden = false;
        for (int id : object.instanceIds()) {
            Optional<ResourceTable> table = object.instance(id);
            if (!rights.allows(who, object.id(), id, AccessRight.READ)) {
                isHidden = true;
            } else if (table.isPresent()) {
                instances.add(readInstance(who, id, table.get()));
            }
        }
        if (instances.isEmpty() && isHidden) {
            throw Refusal.unauthorized();
        }
        return new LwM2mObject(object.id(), instances);
    }

    private static LwM2mObjectInstance readInstance(Requester who, int id, ResourceTable table) {
        List<LwM2mResource> resources = new ArrayList<>();
        for (int resourceId : table.ids()) {
            table.find(resourceId)
                    .flatMap(Resource::reader)
                    .flatMap(r -> r.read(who))
                    .ifPresent(resources::add);
        }
        return new LwM2mObjectInstance(id, resources);
    }

    /** Attributes may be attached to whatever is there, also where only some of it may be read. */
    void checkReadable(Requester who, LwM2mPath path) throws Refusal {
        if (path.isObject()) {
            return;
        }
        table(who, path, AccessRight.READ);
        if (path.isResource() || path.isResourceInstance()) {
            resource(who, path, AccessRight.READ);
        }
        if (path.isResourceInstance()) {
            read(who, path);
        }
    }
}
