package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.leshan.client.resource.BaseObjectEnabler;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObject;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.eclipse.leshan.core.request.CreateRequest;
import org.eclipse.leshan.core.request.DeleteRequest;
import org.eclipse.leshan.core.request.DiscoverRequest;
import org.eclipse.leshan.core.request.ExecuteRequest;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.request.ReadRequest;
import org.eclipse.leshan.core.request.WriteAttributesRequest;
import org.eclipse.leshan.core.request.WriteRequest;
import org.eclipse.leshan.core.response.CreateResponse;
import org.eclipse.leshan.core.response.DeleteResponse;
import org.eclipse.leshan.core.response.DiscoverResponse;
import org.eclipse.leshan.core.response.ExecuteResponse;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.core.response.WriteAttributesResponse;
import org.eclipse.leshan.core.response.WriteResponse;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.Resource;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.AccessRight;
import org.omtpdm.objects.ObjectIds;

/**
 * One server account's view of a {@link SharedObject}: translates Leshan's requests, checks the
 * account's access rights first, and keeps the attributes this server has written. Changes no state
 * itself.
 */
final class AccountObject extends BaseObjectEnabler {

    private final SharedObject object;
    private final AccountView view;

    AccountObject(SharedObject object, AccountView view) {
        super(object.id(), object.model());
        this.object = object;
        this.view = view;
        view.attributes().restore(this);
    }

    @Override
    public List<Integer> getAvailableInstanceIds() {
        return List.copyOf(object.instanceIds());
    }

    @Override
    public List<Integer> getAvailableResourceIds(int instanceId) {
        List<Integer> ids = new ArrayList<>();
        object.instance(instanceId)
                .ifPresent(
                        table ->
                                table.ids()
                                        .forEach(
                                                id -> {
                                                    if (isThere(table.find(id).orElseThrow())) {
                                                        ids.add(id);
                                                    }
                                                }));
        return ids;
    }

    /** An optional resource isn't there while the device has no value for it. */
    private static boolean isThere(Resource resource) {
        return resource.executor().isPresent()
                || resource.reader().map(r -> r.read(Requester.DEVICE).isPresent()).orElse(false);
    }

    @Override
    public List<Integer> getAvailableInstanceResourceIds(int instanceId, int resourceId) {
        ResourceModel model = object.model().resources.get(resourceId);
        if (model == null || !model.multiple) {
            return List.of();
        }
        return object.instance(instanceId)
                .flatMap(table -> table.find(resourceId))
                .flatMap(Resource::reader)
                .flatMap(reader -> reader.read(view.requester()))
                .map(value -> value.getInstances().keySet().stream().sorted().toList())
                .orElse(List.of());
    }

    // ---- reading

    @Override
    public ReadResponse read(LwM2mServer server, ReadRequest request) {
        try {
            return ReadResponse.success(read(requester(server), request.getPath()));
        } catch (Refusal e) {
            return new ReadResponse(e.code(), null, null, e.getMessage());
        }
    }

    @Override
    public ObserveResponse observe(LwM2mServer server, ObserveRequest request) {
        try {
            LwM2mPath path = request.getPath();
            if (path.isResource() || path.isResourceInstance()) {
                Resource resource = resource(requester(server), path, AccessRight.READ);
                if (resource.reader().isPresent() && !resource.isObservable()) {
                    throw Refusal.notAllowed("cannot be observed");
                }
            }
            return ObserveResponse.success(
                    (org.eclipse.leshan.core.node.LwM2mChildNode) read(requester(server), path));
        } catch (Refusal e) {
            return new ObserveResponse(e.code(), null, null, null, null, e.getMessage());
        }
    }

    private LwM2mNode read(Requester who, LwM2mPath path) throws Refusal {
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
            if (!view.access().allows(who, object.id(), id, AccessRight.READ)) {
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

    // ---- writing

    @Override
    public WriteResponse write(LwM2mServer server, WriteRequest request) {
        try {
            commit(
                    prepare(
                            requester(server),
                            request.getPath(),
                            request.getNode(),
                            request.isReplaceRequest()));
            view.took(view.requester(), "wrote " + request.getPath());
            return WriteResponse.success();
        } catch (Refusal e) {
            view.refused("write " + request.getPath(), e);
            return new WriteResponse(e.code(), e.getMessage());
        }
    }

    /**
     * Checks a write; nothing has changed yet.
     *
     * @param node of the path's kind
     * @param isReplacing whether what isn't in the node goes
     */
    PreparedWrite prepare(Requester who, LwM2mPath path, LwM2mNode node, boolean isReplacing)
            throws Refusal {
        refuseSecrets(who);
        ResourceTable table = table(who, path, AccessRight.WRITE);
        if (node instanceof LwM2mObjectInstance instance) {
            return prepareInstance(who, path, table, instance, isReplacing);
        }
        Resource resource = resource(who, path, AccessRight.WRITE);
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
        if (isReplacing && missingMandatoryResource(instance.getResources().values())) {
            throw Refusal.badRequest("mandatory writable resources missing");
        }
        List<PreparedWrite> writes = new ArrayList<>();
        for (LwM2mResource value : instance.getResources().values()) {
            Resource resource =
                    table.find(value.getId()).orElseThrow(() -> noResource(value.getId()));
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
        Map<Integer, LwM2mResourceInstance> instances = new java.util.TreeMap<>();
        resource.reader()
                .flatMap(reader -> reader.read(who))
                .ifPresent(old -> instances.putAll(old.getInstances()));
        instances.putAll(value.getInstances());
        return new LwM2mMultipleResource(value.getId(), value.getType(), instances.values());
    }

    private void commit(PreparedWrite write) throws Refusal {
        try {
            view.state().write(write.state());
        } catch (IOException e) {
            throw Refusal.stateNotKept();
        }
        write.apply().run();
    }

    // ---- creating, deleting, executing

    @Override
    public CreateResponse create(LwM2mServer server, CreateRequest request) {
        try {
            Requester who = requester(server);
            refuseSecrets(who);
            if (!view.access().allowsCreation(who, object.id())) {
                throw Refusal.unauthorized();
            }
            if (request.unknownObjectInstanceId()) {
                int id = create(who, OptionalInt.empty(), request.getResources());
                view.took(who, "created /" + object.id() + "/" + id);
                return CreateResponse.success(object.id() + "/" + id);
            }
            if (request.getObjectInstances().size() != 1) {
                throw Refusal.badRequest("one instance at a time");
            }
            LwM2mObjectInstance instance = request.getObjectInstances().get(0);
            create(who, OptionalInt.of(instance.getId()), instance.getResources().values());
            view.took(who, "created /" + object.id() + "/" + instance.getId());
            return CreateResponse.success();
        } catch (Refusal e) {
            view.refused("create " + request.getPath(), e);
            return new CreateResponse(e.code(), null, e.getMessage());
        }
    }

    private int create(Requester who, OptionalInt id, Collection<LwM2mResource> resources)
            throws Refusal {
        // ids are chosen when a creation is prepared: two servers must not choose the same
        synchronized (view.access()) {
            return createAlone(who, id, resources);
        }
    }

    private int createAlone(Requester who, OptionalInt id, Collection<LwM2mResource> resources)
            throws Refusal {
        SharedObject.PreparedCreation creation = object.prepareCreate(who, id, resources);
        if (missingMandatoryResource(resources)) {
            throw Refusal.badRequest("mandatory writable resources missing");
        }
        commit(
                PreparedWrite.all(
                        List.of(
                                creation.write(),
                                view.access()
                                        .prepareOwner(who, object.id(), creation.instanceId()))));
        return creation.instanceId();
    }

    @Override
    public DeleteResponse delete(LwM2mServer server, DeleteRequest request) {
        try {
            Requester who = requester(server);
            LwM2mPath path = request.getPath();
            refuseSecrets(who);
            if (!path.isObjectInstance()) {
                throw Refusal.notAllowed("only object instances can be deleted");
            }
            table(who, path, AccessRight.DELETE);
            int instance = path.getObjectInstanceId();
            commit(
                    PreparedWrite.all(
                            List.of(
                                    object.prepareDelete(who, instance),
                                    view.access().prepareRemoval(object.id(), instance))));
            view.took(who, "deleted " + path);
            return DeleteResponse.success();
        } catch (Refusal e) {
            view.refused("delete " + request.getPath(), e);
            return new DeleteResponse(e.code(), e.getMessage());
        }
    }

    @Override
    public ExecuteResponse execute(LwM2mServer server, ExecuteRequest request) {
        try {
            Requester who = requester(server);
            refuseSecrets(who);
            if (!request.getPath().isResource()) {
                throw Refusal.notAllowed("only resources can be executed");
            }
            Resource resource = resource(who, request.getPath(), AccessRight.EXECUTE);
            if (resource.executor().isEmpty()) {
                throw Refusal.notAllowed("not executable");
            }
            resource.executor().get().execute(who, payload(request));
            view.took(who, "executed " + request.getPath());
            return ExecuteResponse.success();
        } catch (Refusal e) {
            view.refused("execute " + request.getPath(), e);
            return new ExecuteResponse(e.code(), e.getMessage());
        }
    }

    private static byte[] payload(ExecuteRequest request) {
        if (request.getCoapRequest() instanceof org.eclipse.californium.core.coap.Request coap) {
            return coap.getPayload() == null ? new byte[0] : coap.getPayload();
        }
        return request.getArguments()
                .serialize()
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    // ---- attributes and discovery

    @Override
    public WriteAttributesResponse writeAttributes(
            LwM2mServer server, WriteAttributesRequest request) {
        try {
            Requester who = requester(server);
            refuseSecrets(who);
            checkReadable(who, request.getPath());
        } catch (Refusal e) {
            return new WriteAttributesResponse(e.code(), e.getMessage());
        }
        WriteAttributesResponse response = super.writeAttributes(server, request);
        if (response.isSuccess()) {
            try {
                view.attributes()
                        .keep(request.getPath(), getAttributesFor(server).get(request.getPath()));
            } catch (IOException e) {
                return new WriteAttributesResponse(
                        ResponseCode.INTERNAL_SERVER_ERROR, "state could not be stored");
            }
            view.attributesWritten(server, request.getPath());
        }
        return response;
    }

    /** Attributes may be attached to whatever is there, also where only some of it may be read. */
    private void checkReadable(Requester who, LwM2mPath path) throws Refusal {
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

    @Override
    public DiscoverResponse discover(LwM2mServer server, DiscoverRequest request) {
        if (isSecret()) {
            return new DiscoverResponse(ResponseCode.UNAUTHORIZED, null, "no access right");
        }
        return super.discover(server, request);
    }

    // ---- telling observers

    void tellChanged(List<LwM2mPath> paths) {
        fireResourcesChanged(paths.toArray(new LwM2mPath[0]));
    }

    void tellAdded(int instanceId) {
        fireInstancesAdded(instanceId);
    }

    void tellRemoved(int instanceId) {
        fireInstancesRemoved(instanceId);
    }

    // ---- what all need

    private Requester requester(LwM2mServer server) {
        return server.isSystem() ? Requester.DEVICE : view.requester();
    }

    private boolean isSecret() {
        return object.id() == ObjectIds.SECURITY || object.id() == ObjectIds.OSCORE;
    }

    private void refuseSecrets(Requester who) throws Refusal {
        if (isSecret() && !who.isDevice()) {
            throw Refusal.unauthorized();
        }
    }

    private ResourceTable table(Requester who, LwM2mPath path, AccessRight right) throws Refusal {
        ResourceTable table =
                object.instance(path.getObjectInstanceId())
                        .orElseThrow(() -> Refusal.notFound("no such object instance"));
        if (!view.access().allows(who, object.id(), path.getObjectInstanceId(), right)) {
            throw Refusal.unauthorized();
        }
        return table;
    }

    private Resource resource(Requester who, LwM2mPath path, AccessRight right) throws Refusal {
        return table(who, path, right)
                .find(path.getResourceId())
                .orElseThrow(() -> noResource(path.getResourceId()));
    }

    private static Refusal noResource(int id) {
        return Refusal.notFound("no resource " + id);
    }
}
