package org.omtpdm.client.object;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who serve the objects to a network that something has changed. Listeners are called
 * later, on the device's executor and never with a lock of the caller held. Thread-safe.
 */
public final class Changes {

    /** One who is told. */
    public interface Listener {
        void resourcesChanged(List<LwM2mPath> paths);

        void instanceAdded(int objectId, int instanceId);

        void instanceRemoved(int objectId, int instanceId);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Executor executor;

    public Changes(Executor executor) {
        this.executor = executor;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /** Some resources of one instance have other values now. */
    public void resources(int objectId, int instanceId, int... resourceIds) {
        List<LwM2mPath> paths =
                Arrays.stream(resourceIds)
                        .mapToObj(id -> new LwM2mPath(objectId, instanceId, id))
                        .toList();
        tell(listener -> listener.resourcesChanged(paths));
    }

    public void added(int objectId, int instanceId) {
        tell(listener -> listener.instanceAdded(objectId, instanceId));
    }

    public void removed(int objectId, int instanceId) {
        tell(listener -> listener.instanceRemoved(objectId, instanceId));
    }

    private void tell(Consumer<Listener> news) {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            executor.execute(() -> listeners.forEach(news));
        } catch (RejectedExecutionException e) {
            LOG.debug("Nobody is told, the device is stopping");
        }
    }
}
