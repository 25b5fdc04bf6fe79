package org.omtpdm.client.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.ConnectivityMonitoringResources;
import org.omtpdm.objects.ObjectIds;

/** Connectivity Monitoring (/4:1.3), over {@link SystemFacts}. Thread-safe. */
public final class ConnectivityObject extends SharedObject {

    private static final int INSTANCE = 0;

    private final DeviceContext context;
    private final SystemFacts facts;
    private Optional<SystemFacts.Network> lastSeen = Optional.empty();

    public ConnectivityObject(DeviceContext context, SystemFacts facts) {
        super(context.model(ObjectIds.CONNECTIVITY_MONITORING));
        this.context = context;
        this.facts = facts;
        addInstance(
                INSTANCE,
                new ResourceTable()
                        .integer(
                                ConnectivityMonitoringResources.NETWORK_BEARER,
                                () -> facts.network().bearer().code())
                        .integers(
                                ConnectivityMonitoringResources.AVAILABLE_NETWORK_BEARER,
                                this::available)
                        .integer(
                                ConnectivityMonitoringResources.RADIO_SIGNAL_STRENGTH,
                                () -> facts.network().signalDbm().orElse(0))
                        .readable(
                                ConnectivityMonitoringResources.LINK_QUALITY,
                                who ->
                                        facts.network().linkQuality().stream()
                                                .mapToObj(
                                                        quality ->
                                                                (org.eclipse.leshan.core.node
                                                                                .LwM2mResource)
                                                                        LwM2mSingleResource
                                                                                .newIntegerResource(
                                                                                        ConnectivityMonitoringResources
                                                                                                .LINK_QUALITY,
                                                                                        quality))
                                                .findFirst())
                        .texts(
                                ConnectivityMonitoringResources.IP_ADDRESSES,
                                () -> numbered(facts.network().addresses()))
                        .texts(
                                ConnectivityMonitoringResources.ROUTER_IP_ADDRESSES,
                                () -> numbered(facts.network().routers())));
    }

    private Map<Integer, Long> available() {
        Map<Integer, Long> bearers = new TreeMap<>();
        facts.network().available().stream()
                .sorted()
                .forEach(b -> bearers.put(bearers.size(), (long) b.code()));
        return bearers;
    }

    private static Map<Integer, String> numbered(List<String> texts) {
        Map<Integer, String> numbered = new TreeMap<>();
        texts.forEach(text -> numbered.put(numbered.size(), text));
        return numbered;
    }

    /** Looks whether something has changed and tells observers; called every few seconds. */
    public synchronized void look() {
        Optional<SystemFacts.Network> now = Optional.of(facts.network());
        if (lastSeen.isPresent() && !now.equals(lastSeen)) {
            context.changes()
                    .resources(
                            id(),
                            INSTANCE,
                            ConnectivityMonitoringResources.NETWORK_BEARER,
                            ConnectivityMonitoringResources.AVAILABLE_NETWORK_BEARER,
                            ConnectivityMonitoringResources.RADIO_SIGNAL_STRENGTH,
                            ConnectivityMonitoringResources.LINK_QUALITY,
                            ConnectivityMonitoringResources.IP_ADDRESSES,
                            ConnectivityMonitoringResources.ROUTER_IP_ADDRESSES);
        }
        lastSeen = now;
    }
}
