package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.leshan.client.resource.LwM2mObjectEnabler;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.resource.LwM2mRootEnabler;
import org.eclipse.leshan.client.resource.listener.ObjectsListener;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mObject;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mRoot;
import org.eclipse.leshan.core.request.ObserveCompositeRequest;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.request.ReadCompositeRequest;
import org.eclipse.leshan.core.request.ReadRequest;
import org.eclipse.leshan.core.request.WriteCompositeRequest;
import org.eclipse.leshan.core.response.AbstractLwM2mResponse;
import org.eclipse.leshan.core.response.ObserveCompositeResponse;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.eclipse.leshan.core.response.ReadCompositeResponse;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.core.response.WriteCompositeResponse;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;

/**
 * Composite operations of one server account. A Write-Composite is done wholly or not at all: every
 * part is checked first, then all are stored in one step, then all take effect. Reads and
 * observations give what they can, as the specification wants them to.
 */
final class RootOperations implements LwM2mRootEnabler {

    private final LwM2mObjectTree tree;
    private final AccountView view;

    RootOperations(LwM2mObjectTree tree, AccountView view) {
        this.tree = tree;
        this.view = view;
    }

    /** What the parts of a composite read gave. */
    private static final class Parts {
        private final Map<LwM2mPath, LwM2mNode> nodes = new LinkedHashMap<>();
        private boolean isAnyThere;
        private ResponseCode worst = ResponseCode.NOT_FOUND;

        private void add(LwM2mPath path, AbstractLwM2mResponse response, LwM2mNode node) {
            nodes.put(path, response.isSuccess() ? node : null);
            isAnyThere |= response.isSuccess();
            if (response.getCode() == ResponseCode.UNAUTHORIZED) {
                worst = ResponseCode.UNAUTHORIZED;
            }
        }
    }

    @Override
    public ReadCompositeResponse read(LwM2mServer server, ReadCompositeRequest request) {
        Parts parts =
                parts(
                        request.getPaths(),
                        path -> {
                            LwM2mObjectEnabler object = tree.getObjectEnabler(path.getObjectId());
                            return object == null
                                    ? ReadResponse.notFound()
                                    : object.read(
                                            server,
                                            new ReadRequest(
                                                    request.getResponseContentFormat(),
                                                    path,
                                                    request.getCoapRequest()));
                        });
        return parts.isAnyThere
                ? ReadCompositeResponse.success(parts.nodes)
                : new ReadCompositeResponse(parts.worst, null, null, null);
    }

    @Override
    public ObserveCompositeResponse observe(LwM2mServer server, ObserveCompositeRequest request) {
        Parts parts =
                parts(
                        request.getPaths(),
                        path -> {
                            LwM2mObjectEnabler object = tree.getObjectEnabler(path.getObjectId());
                            ObserveResponse response =
                                    object == null
                                            ? ObserveResponse.notFound()
                                            : object.observe(
                                                    server,
                                                    new ObserveRequest(
                                                            request.getResponseContentFormat(),
                                                            path,
                                                            request.getCoapRequest()));
                            return new ReadResponse(
                                    response.getCode(),
                                    response.getContent(),
                                    null,
                                    response.getErrorMessage());
                        });
        return parts.isAnyThere
                ? ObserveCompositeResponse.success(parts.nodes)
                : new ObserveCompositeResponse(parts.worst, null, null, null, null, null);
    }

    private Parts parts(List<LwM2mPath> paths, Function<LwM2mPath, ReadResponse> read) {
        Parts parts = new Parts();
        for (LwM2mPath path : paths) {
            if (path.isRoot()) {
                List<LwM2mObject> objects = new ArrayList<>();
                tree.getObjectEnablers().keySet().stream()
                        .sorted()
                        .map(id -> read.apply(new LwM2mPath(id)))
                        .filter(ReadResponse::isSuccess)
                        .forEach(response -> objects.add((LwM2mObject) response.getContent()));
                parts.add(
                        path,
                        ReadResponse.success(new LwM2mObject(0, List.of())),
                        new LwM2mRoot(objects));
            } else {
                ReadResponse response = read.apply(path);
                parts.add(path, response, response.getContent());
            }
        }
        return parts;
    }

    @Override
    public WriteCompositeResponse write(LwM2mServer server, WriteCompositeRequest request) {
        try {
            Requester who = server.isSystem() ? Requester.DEVICE : view.requester();
            List<PreparedWrite> writes = new ArrayList<>();
            for (Map.Entry<LwM2mPath, LwM2mNode> part : request.getNodes().entrySet()) {
                LwM2mPath path = part.getKey();
                if (tree.getObjectEnabler(path.getObjectId()) instanceof AccountObject object) {
                    writes.add(
                            object.prepare(who, path, part.getValue(), !path.isObjectInstance()));
                } else {
                    throw Refusal.notFound("no object " + path.getObjectId());
                }
            }
            PreparedWrite all = PreparedWrite.all(writes);
            view.state().write(all.state());
            all.apply().run();
            return WriteCompositeResponse.success();
        } catch (Refusal e) {
            return new WriteCompositeResponse(e.code(), e.getMessage(), null);
        } catch (IOException e) {
            return new WriteCompositeResponse(
                    ResponseCode.INTERNAL_SERVER_ERROR, Refusal.stateNotKept().getMessage(), null);
        }
    }

    @Override
    public LwM2mModel getModel() {
        return tree.getModel();
    }

    @Override
    public void addListener(ObjectsListener listener) {
        tree.addListener(listener);
    }

    @Override
    public void removeListener(ObjectsListener listener) {
        tree.removeListener(listener);
    }
}
