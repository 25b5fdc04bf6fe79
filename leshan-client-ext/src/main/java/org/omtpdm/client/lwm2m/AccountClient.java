package org.omtpdm.client.lwm2m;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.leshan.client.EndpointsManager;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.RegistrationUpdateHandler;
import org.eclipse.leshan.client.bootstrap.BootstrapHandler;
import org.eclipse.leshan.client.engine.RegistrationEngine;
import org.eclipse.leshan.client.notification.NotificationManager;
import org.eclipse.leshan.client.request.DownlinkRequestReceiver;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.client.resource.LwM2mRootEnabler;
import org.eclipse.leshan.client.util.LinkFormatHelper;
import org.eclipse.leshan.core.LwM2m.LwM2mVersion;
import org.eclipse.leshan.core.link.DefaultLinkSerializer;
import org.eclipse.leshan.core.link.lwm2m.attributes.DefaultLwM2mAttributeParser;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.account.ServerObject;
import org.omtpdm.client.object.Changes;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ServerResources;

/**
 * Leshan's client for one server account, with the parts of ours in the places where it lets us.
 */
final class AccountClient extends LeshanClient {

    /**
     * What the client is made of; kept apart since Leshan's constructor calls the methods below.
     */
    record Parts(
            ServerAccount account,
            Collection<SharedObject> objects,
            ServerObject servers,
            AccountView view,
            DeviceThreads threads,
            AccountEndpoint endpoint,
            Announcement announcement,
            boolean constrained,
            RegistrarFactory registrars) {}

    /** Makes the engine once Leshan has made what it needs. */
    @FunctionalInterface
    interface RegistrarFactory {
        RegistrationEngine create(
                LwM2mObjectTree tree,
                EndpointsManager endpoints,
                org.eclipse.leshan.client.request.UplinkRequestSender sender);
    }

    /** Leshan's constructor runs before a field of ours could be set. */
    private static final ThreadLocal<Parts> UNDER_CONSTRUCTION = new ThreadLocal<>();

    private final AccountView view;

    static AccountClient create(Parts parts) {
        UNDER_CONSTRUCTION.set(parts);
        try {
            return new AccountClient(parts);
        } finally {
            UNDER_CONSTRUCTION.remove();
        }
    }

    private AccountClient(Parts parts) {
        super(
                parts.announcement.endpoint(),
                parts.objects.stream()
                        .map(object -> new AccountObject(object, parts.view))
                        .toList(),
                List.of(),
                null,
                (name,
                        tree,
                        endpoints,
                        sender,
                        bootstrap,
                        observer,
                        more,
                        bootstrapMore,
                        formats,
                        executor,
                        links) -> parts.registrars.create(tree, endpoints, sender),
                objects -> null,
                Map.of(),
                Map.of(),
                Formats.encoder(parts.constrained),
                Formats.decoder(parts.constrained),
                parts.threads.protocol(),
                new DefaultLinkSerializer(),
                new LinkFormatHelper(parts.constrained ? LwM2mVersion.V1_0 : LwM2mVersion.V1_1),
                new DefaultLwM2mAttributeParser(),
                parts.endpoint);
        this.view = parts.view;
    }

    @Override
    protected NotificationManager createNotificationManager(
            LwM2mObjectTree tree,
            DownlinkRequestReceiver receiver,
            ScheduledExecutorService executor) {
        Parts parts = UNDER_CONSTRUCTION.get();
        ObservedAttributes observed =
                new ObservedAttributes(
                        tree,
                        receiver,
                        parts.threads.protocol(),
                        parts.servers,
                        parts.account.shortServerId());
        parts.view.observe(observed);
        return observed;
    }

    @Override
    protected LwM2mRootEnabler createRootEnabler(LwM2mObjectTree tree) {
        return new RootOperations(tree, UNDER_CONSTRUCTION.get().view);
    }

    /** The registrar hears of changes from the objects themselves. */
    @Override
    protected RegistrationUpdateHandler createRegistrationUpdateHandler(
            RegistrationEngine engine,
            EndpointsManager endpoints,
            BootstrapHandler bootstrap,
            LwM2mObjectTree tree,
            LinkFormatHelper links) {
        return new RegistrationUpdateHandler(engine, bootstrap, links);
    }

    /** Passes on what the objects tell, to this account's observers. */
    Changes.Listener listener(Registrar registrar) {
        return new Changes.Listener() {
            @Override
            public void resourcesChanged(List<LwM2mPath> paths) {
                object(paths.get(0).getObjectId()).ifPresent(object -> object.tellChanged(paths));
                if (paths.stream().anyMatch(AccountClient::isDefaultPeriod)) {
                    view.defaultsWritten();
                }
            }

            @Override
            public void instanceAdded(int objectId, int instanceId) {
                object(objectId).ifPresent(object -> object.tellAdded(instanceId));
                registrar.objectsChanged();
            }

            @Override
            public void instanceRemoved(int objectId, int instanceId) {
                object(objectId).ifPresent(object -> object.tellRemoved(instanceId));
                registrar.objectsChanged();
            }
        };
    }

    private static boolean isDefaultPeriod(LwM2mPath path) {
        return path.getObjectId() == ObjectIds.SERVER
                && (path.getResourceId() == ServerResources.DEFAULT_MINIMUM_PERIOD
                        || path.getResourceId() == ServerResources.DEFAULT_MAXIMUM_PERIOD);
    }

    private Optional<AccountObject> object(int id) {
        return Optional.ofNullable(getObjectTree().getObjectEnabler(id))
                .map(AccountObject.class::cast);
    }

    Requester requester() {
        return view.requester();
    }
}
