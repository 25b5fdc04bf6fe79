package org.omtpdm.client.lwm2m;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.SendRequest;
import org.eclipse.leshan.core.response.SendResponse;
import org.omtpdm.client.account.ServerObject;
import org.omtpdm.client.listing.PageSender;
import org.omtpdm.objects.ListingResources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the pages of listings to the servers of a device, one Send per page. Thread-safe. */
final class PageSends implements PageSender {

    private static final Logger LOG = LoggerFactory.getLogger(PageSends.class);

    /** How a server is reached. */
    record Way(AccountClient client, Registrar registrar, ServerObject servers) {}

    private final Map<Integer, Way> ways = new ConcurrentHashMap<>();

    void add(int shortServerId, Way way) {
        ways.put(shortServerId, way);
    }

    @Override
    public boolean maySend(int shortServerId) {
        return Optional.ofNullable(ways.get(shortServerId))
                .map(way -> way.registrar.mayUseSend() && !way.servers.isSendMuted(shortServerId))
                .orElse(false);
    }

    @Override
    public boolean send(int shortServerId, int objectId, int instanceId, List<byte[]> pages) {
        Optional<Way> way = Optional.ofNullable(ways.get(shortServerId));
        Optional<LwM2mServer> server = way.flatMap(known -> known.registrar.server());
        for (int number = 0; number < pages.size(); number++) {
            LwM2mPath path = new LwM2mPath(objectId, instanceId, ListingResources.PAGE, number);
            LwM2mNode page =
                    LwM2mResourceInstance.newInstance(number, pages.get(number), Type.OPAQUE);
            if (server.isEmpty()
                    || !maySend(shortServerId)
                    || !send(way.get(), server.get(), path, page)) {
                return false;
            }
        }
        return true;
    }

    private static boolean send(Way way, LwM2mServer server, LwM2mPath path, LwM2mNode page) {
        try {
            SendResponse response =
                    way.client
                            .getEndpoint(server)
                            .send(
                                    server,
                                    new SendRequest(ContentFormat.SENML_CBOR, Map.of(path, page)),
                                    Registrar.ANSWER_TIMEOUT.toMillis());
            return response != null && response.isSuccess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            LOG.debug("Send of {} failed: {}", path, e.toString());
            return false;
        }
    }
}
