package org.omtpdm.client.lwm2m;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.leshan.client.notification.DefaultNotificationStrategy;
import org.eclipse.leshan.client.notification.NotificationDataStore;
import org.eclipse.leshan.client.notification.NotificationManager;
import org.eclipse.leshan.client.request.DownlinkRequestReceiver;
import org.eclipse.leshan.client.resource.LwM2mObjectEnabler;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.resource.NotificationSender;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.link.lwm2m.attributes.InvalidAttributesException;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttribute;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeModel;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributes;
import org.eclipse.leshan.core.link.lwm2m.attributes.NotificationAttributeTree;
import org.eclipse.leshan.core.node.LwM2mChildNode;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.omtpdm.client.account.ServerObject;

/**
 * Observations and when they are notified. Other than Leshan's own this one tells two observations
 * of one path apart, lets attributes that are written later take effect on observations that are
 * running, lets the server's default periods (/1/x/2 and 3) stand in where an observation has none
 * of its own, and holds no lock while it reads values. Thread-safe.
 *
 * @see "LwM2M Core 1.1.1 §5.1.2 Attributes"
 */
final class ObservedAttributes extends NotificationManager {

    /** One observation that is running. Its fields are guarded by it. */
    private static final class Relation {
        private final LwM2mServer server;
        private final ObserveRequest request;
        private final NotificationSender sender;
        private NotificationAttributeTree attributes = new NotificationAttributeTree();
        private LwM2mNode lastValue;
        private long lastSent;
        private Optional<ScheduledFuture<?>> later = Optional.empty();
        private Optional<ScheduledFuture<?>> latest = Optional.empty();

        private Relation(
                LwM2mServer server,
                ObserveRequest request,
                LwM2mNode value,
                NotificationSender sender) {
            this.server = server;
            this.request = request;
            this.sender = sender;
            this.lastValue = value;
            this.lastSent = System.nanoTime();
        }

        private LwM2mPath path() {
            return request.getPath();
        }

        private void cancelTimers() {
            later.ifPresent(timer -> timer.cancel(false));
            latest.ifPresent(timer -> timer.cancel(false));
            later = Optional.empty();
            latest = Optional.empty();
        }
    }

    private final LwM2mObjectTree tree;
    private final ServerObject servers;
    private final int shortServerId;
    private final ScheduledExecutorService executor;
    private final DefaultNotificationStrategy strategy = new DefaultNotificationStrategy();
    private final Map<Object, Relation> relations = new ConcurrentHashMap<>();

    ObservedAttributes(
            LwM2mObjectTree tree,
            DownlinkRequestReceiver receiver,
            ScheduledExecutorService executor,
            ServerObject servers,
            int shortServerId) {
        super(
                tree,
                receiver,
                new NotificationDataStore(),
                new DefaultNotificationStrategy(),
                executor);
        this.tree = tree;
        this.servers = servers;
        this.shortServerId = shortServerId;
        this.executor = executor;
    }

    private static Object key(ObserveRequest request) {
        return request.getCoapRequest() instanceof Request coap
                ? coap.getToken()
                : request.getPath();
    }

    @Override
    public void initRelation(
            LwM2mServer server, ObserveRequest request, LwM2mNode node, NotificationSender sender) {
        Relation relation = new Relation(server, request, node, sender);
        Relation before = relations.put(key(request), relation);
        if (before != null) {
            synchronized (before) {
                before.cancelTimers();
            }
        }
        apply(relation);
    }

    /** Takes the attributes that are written now. */
    private void apply(Relation relation) {
        NotificationAttributeTree attributes = attributes(relation.server, relation.path());
        synchronized (relation) {
            relation.cancelTimers();
            relation.attributes = attributes;
            scheduleLatest(relation);
        }
    }

    private NotificationAttributeTree attributes(LwM2mServer server, LwM2mPath path) {
        LwM2mObjectEnabler object = tree.getObjectEnabler(path.getObjectId());
        LwM2mAttributeSet own =
                object == null ? null : object.getAttributesFor(server).getWithInheritance(path);
        List<LwM2mAttribute<?>> all = new ArrayList<>();
        if (own != null && isConsistent(own, path)) {
            own.getLwM2mAttributes().forEach(all::add);
        }
        addDefault(
                all,
                own,
                LwM2mAttributes.MINIMUM_PERIOD,
                servers.defaultMinimumPeriod(shortServerId));
        addDefault(
                all,
                own,
                LwM2mAttributes.MAXIMUM_PERIOD,
                servers.defaultMaximumPeriod(shortServerId));
        NotificationAttributeTree result = new NotificationAttributeTree();
        result.put(path, new LwM2mAttributeSet(all));
        return result;
    }

    /**
     * Attributes of different levels can contradict each other although each was accepted; then
     * none of them counts.
     */
    private static boolean isConsistent(LwM2mAttributeSet attributes, LwM2mPath path) {
        try {
            attributes.validate(path, null);
            return true;
        } catch (InvalidAttributesException e) {
            return false;
        }
    }

    /** 0 is as good as none: "no minimum" and "maximum to be ignored". */
    private static void addDefault(
            List<LwM2mAttribute<?>> all,
            LwM2mAttributeSet own,
            LwM2mAttributeModel<Long> model,
            OptionalLong value) {
        if (value.orElse(0) > 0 && (own == null || !own.contains(model))) {
            all.add(LwM2mAttributes.create(model, value.getAsLong()));
        }
    }

    private long seconds(Relation relation, LwM2mAttributeModel<Long> model) {
        Long value = strategy.getAttributeValue(relation.attributes, relation.path(), model);
        return value == null ? 0 : value;
    }

    /** A maximum period shorter than the minimum is ignored, as the specification says. */
    private void scheduleLatest(Relation relation) {
        long maximum = seconds(relation, LwM2mAttributes.MAXIMUM_PERIOD);
        if (maximum > 0 && maximum >= seconds(relation, LwM2mAttributes.MINIMUM_PERIOD)) {
            relation.latest = schedule(() -> send(relation), TimeUnit.SECONDS.toNanos(maximum));
        }
    }

    private Optional<ScheduledFuture<?>> schedule(Runnable task, long nanos) {
        try {
            return Optional.of(executor.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            // the agent is stopping; nothing is notified any more
            return Optional.empty();
        }
    }

    @Override
    public void notificationTriggered(
            LwM2mServer server, ObserveRequest request, NotificationSender sender) {
        Relation relation = relations.get(key(request));
        if (relation == null) {
            sender.sendNotification(createResponse(server, request));
            return;
        }
        if (isWorthTelling(relation)) {
            long wait;
            synchronized (relation) {
                if (relation.later.isPresent()) {
                    return;
                }
                long minimum =
                        TimeUnit.SECONDS.toNanos(seconds(relation, LwM2mAttributes.MINIMUM_PERIOD));
                wait = relation.lastSent + minimum - System.nanoTime();
                if (minimum > 0 && wait > 0) {
                    relation.later = schedule(() -> send(relation), wait);
                    return;
                }
            }
            send(relation);
        }
    }

    /** Whether the value has changed as gt, lt or st demand, where they are written. */
    private boolean isWorthTelling(Relation relation) {
        LwM2mNode last;
        synchronized (relation) {
            if (!strategy.hasCriteriaBasedOnValue(relation.attributes, relation.path())) {
                return true;
            }
            last = relation.lastValue;
        }
        ObserveResponse now = createResponse(relation.server, relation.request);
        if (now.isFailure() || last == null) {
            return true;
        }
        LwM2mChildNode value = now.getContent();
        try {
            return strategy.shouldTriggerNotificationBasedOnValueChange(
                    relation.attributes, relation.path(), last, value);
        } catch (IllegalArgumentException e) {
            // conditions on something that isn't a single number say nothing
            return true;
        }
    }

    private void send(Relation relation) {
        if (relations.get(key(relation.request)) != relation) {
            return;
        }
        ObserveResponse now = createResponse(relation.server, relation.request);
        synchronized (relation) {
            relation.cancelTimers();
            relation.lastSent = System.nanoTime();
            relation.lastValue = now.isSuccess() ? now.getContent() : null;
        }
        if (relation.sender.sendNotification(now) && now.isSuccess()) {
            synchronized (relation) {
                scheduleLatest(relation);
            }
        } else {
            relations.remove(key(relation.request), relation);
        }
    }

    /** Attributes of a path were written: what is observed there goes on with them. */
    void attributesWritten(LwM2mServer server, LwM2mPath path) {
        for (Relation relation : relations.values()) {
            if (relation.path().startWith(path)) {
                apply(relation);
            }
        }
    }

    /** The server's default periods were written. */
    void defaultsWritten() {
        relations.values().forEach(this::apply);
    }

    @Override
    public void clear(LwM2mServer server, ObserveRequest request) {
        Relation relation = relations.remove(key(request));
        if (relation != null) {
            synchronized (relation) {
                relation.cancelTimers();
            }
        }
    }

    @Override
    public void clear(LwM2mServer server) {
        clear();
    }

    @Override
    public void clear() {
        relations
                .values()
                .forEach(
                        relation -> {
                            synchronized (relation) {
                                relation.cancelTimers();
                            }
                        });
        relations.clear();
    }
}
