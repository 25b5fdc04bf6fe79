package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.eclipse.leshan.client.resource.BaseObjectEnabler;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.node.LwM2mChildNode;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
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
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.AccessRight;

/**
 * One server account's view of a {@link SharedObject}: translates Leshan's requests, checks the
 * account's access rights first, and keeps the attributes this server has written. Changes no state
 * itself.
 */
final class AccountObject extends BaseObjectEnabler {

    private final SharedObject object;
    private final AccountView view;
    private final ObjectAccess access;
    private final ObjectWrites writes;

    AccountObject(SharedObject object, AccountView view) {
        super(object.id(), object.model());
        this.object = object;
        this.view = view;
        this.access = new ObjectAccess(object, view.access());
        this.writes = new ObjectWrites(object, access);
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
            return ReadResponse.success(access.read(requester(server), request.getPath()));
        } catch (Refusal e) {
            return new ReadResponse(e.code(), null, null, e.getMessage());
        }
    }

    @Override
    public ObserveResponse observe(LwM2mServer server, ObserveRequest request) {
        try {
            LwM2mPath path = request.getPath();
            if (path.isResource() || path.isResourceInstance()) {
                Resource resource = access.resource(requester(server), path, AccessRight.READ);
                if (resource.reader().isPresent() && !resource.isObservable()) {
                    throw Refusal.notAllowed("cannot be observed");
                }
            }
            return ObserveResponse.success((LwM2mChildNode) access.read(requester(server), path));
        } catch (Refusal e) {
            return new ObserveResponse(e.code(), null, null, null, null, e.getMessage());
        }
    }

    // ---- writing

    @Override
    public WriteResponse write(LwM2mServer server, WriteRequest request) {
        try {
            commit(
                    writes.prepare(
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

    /** See {@link ObjectWrites#prepare}. */
    PreparedWrite prepare(Requester who, LwM2mPath path, LwM2mNode node, boolean isReplacing)
            throws Refusal {
        return writes.prepare(who, path, node, isReplacing);
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
            access.refuseSecrets(who);
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
        writes.checkComplete(
                resources.stream().map(LwM2mResource::getId).collect(Collectors.toSet()));
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
            access.refuseSecrets(who);
            if (!path.isObjectInstance()) {
                throw Refusal.notAllowed("only object instances can be deleted");
            }
            access.table(who, path, AccessRight.DELETE);
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
            access.refuseSecrets(who);
            if (!request.getPath().isResource()) {
                throw Refusal.notAllowed("only resources can be executed");
            }
            Resource resource = access.resource(who, request.getPath(), AccessRight.EXECUTE);
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
            access.refuseSecrets(who);
            access.checkReadable(who, request.getPath());
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

    @Override
    public DiscoverResponse discover(LwM2mServer server, DiscoverRequest request) {
        if (access.isSecret()) {
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

    private Requester requester(LwM2mServer server) {
        return server.isSystem() ? Requester.DEVICE : view.requester();
    }
}
