package org.omtpdm.server.inventory;

import java.util.ArrayList;
import java.util.List;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.devices.Announcement;
import org.omtpdm.server.inventory.InventoryViews.RefreshCost;
import org.omtpdm.server.lwm2m.ObjectCatalogue;
import org.omtpdm.server.lwm2m.ObjectDefinition.ResourceDefinition;

/** Which paths a refresh reads, and about what it costs. */
final class RefreshPlan {

    /** Objects whose reading is refused by every device: keys, and data for bootstrap. */
    private static final List<Integer> UNREADABLE = List.of(ObjectIds.SECURITY, ObjectIds.OSCORE);

    private static final List<Integer> FACTS =
            List.of(
                    ObjectIds.DEVICE,
                    ObjectIds.CONNECTIVITY_MONITORING,
                    ObjectIds.CONNECTIVITY_STATISTICS);

    /** CoAP, DTLS and UDP headers of a request and its answer. */
    private static final int BYTES_PER_EXCHANGE = 157;

    private static final int BYTES_PER_VALUE = 12;
    private static final int UNKNOWN_OBJECT = 100;
    private static final int MOST_PATHS = 200;

    private RefreshPlan() {}

    /** The paths to read, in order; empty when the device has none of them. */
    static List<ResourcePath> paths(RefreshScope scope, Announcement announced) {
        return switch (scope) {
            case FACTS -> facts(announced);
            case OBJECTS -> instances(announced, List.copyOf(announced.objects().keySet()));
            case PROCESSES ->
                    resources(
                            announced,
                            ObjectIds.PROCESS,
                            ProcessResources.PROCESS_COUNT,
                            ProcessResources.CPU_LOAD,
                            ProcessResources.MEMORY_USED,
                            ListingResources.CHANGE_COUNTER);
            case ROOTS ->
                    resources(
                            announced,
                            ObjectIds.FILE,
                            FileResources.ROOT,
                            FileResources.ROOT_FREE,
                            FileResources.ROOT_TOTAL,
                            FileResources.ROOT_RIGHTS);
        };
    }

    private static List<ResourcePath> facts(Announcement announced) {
        var paths = instances(announced, FACTS);
        paths.addAll(
                resources(
                        announced,
                        ObjectIds.PROCESS,
                        ProcessResources.PROCESS_COUNT,
                        ProcessResources.LAST_EXIT,
                        ProcessResources.PROTECTED_NAME));
        return paths;
    }

    private static List<ResourcePath> instances(Announcement announced, List<Integer> objects) {
        var paths = new ArrayList<ResourcePath>();
        for (var objectId : objects) {
            if (announced.has(objectId) && !UNREADABLE.contains(objectId)) {
                announced.objects().get(objectId).instances().stream()
                        .map(instance -> ResourcePath.of(objectId, instance))
                        .forEach(paths::add);
            }
        }
        return new ArrayList<>(paths.subList(0, Math.min(paths.size(), MOST_PATHS)));
    }

    private static List<ResourcePath> resources(
            Announcement announced, int objectId, int... resources) {
        var paths = new ArrayList<ResourcePath>();
        if (announced.has(objectId)) {
            for (var resource : resources) {
                paths.add(ResourcePath.of(objectId, 0, resource));
            }
        }
        return paths;
    }

    /** What each refresh would cost this device; scopes it has nothing for are left out. */
    static List<RefreshCost> costs(Announcement announced, ObjectCatalogue catalogue) {
        var costs = new ArrayList<RefreshCost>();
        for (var scope : RefreshScope.values()) {
            var paths = paths(scope, announced);
            if (!paths.isEmpty()) {
                var bytes =
                        paths.stream()
                                .mapToInt(
                                        path ->
                                                BYTES_PER_EXCHANGE
                                                        + payload(path, announced, catalogue))
                                .sum();
                costs.add(new RefreshCost(scope, 2 * paths.size(), bytes));
            }
        }
        return costs;
    }

    private static int payload(
            ResourcePath path, Announcement announced, ObjectCatalogue catalogue) {
        if (path.ids().size() > 2) {
            return BYTES_PER_VALUE;
        }
        var objectId = path.ids().get(0);
        return catalogue
                .best(objectId, announced.objects().get(objectId).version())
                .map(
                        definition ->
                                BYTES_PER_VALUE
                                        * (int)
                                                definition.resources().stream()
                                                        .filter(ResourceDefinition::offersRead)
                                                        .count())
                .orElse(UNKNOWN_OBJECT);
    }
}
