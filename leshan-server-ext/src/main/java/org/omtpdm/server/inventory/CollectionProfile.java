package org.omtpdm.server.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.omtpdm.objects.DeviceResources;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.devices.Announcement;

/**
 * What the server wants to know of a device without being asked: read once, at the first contact,
 * and observed from then on. Nothing else is read unless somebody asks.
 */
final class CollectionProfile {

    /** The one value read again: at a new registration, at most once in {@link #FIRMWARE_AGE}. */
    static final ResourcePath FIRMWARE =
            ResourcePath.of(ObjectIds.DEVICE, 0, DeviceResources.FIRMWARE_VERSION);

    static final Duration FIRMWARE_AGE = Duration.ofDays(1);

    private static final int MOST_PACKAGES = 64;

    private static final List<Integer> SINGLE =
            List.of(
                    ObjectIds.DEVICE,
                    ObjectIds.CONNECTIVITY_MONITORING,
                    ObjectIds.CONNECTIVITY_STATISTICS);

    private CollectionProfile() {}

    /**
     * A value the server wants to be told of.
     *
     * @param minimumPeriod pmin: notifications come at most this often
     */
    record Wish(ResourcePath path, Duration minimumPeriod) {
        String attributes() {
            return "pmin=" + minimumPeriod.toSeconds();
        }
    }

    private static final List<Wish> WISHES =
            List.of(
                    new Wish(
                            ResourcePath.of(ObjectIds.DEVICE, 0, DeviceResources.BATTERY_LEVEL),
                            Duration.ofSeconds(60)),
                    new Wish(
                            ResourcePath.of(ObjectIds.DEVICE, 0, DeviceResources.ERROR_CODE),
                            Duration.ofSeconds(10)),
                    new Wish(
                            ResourcePath.of(ObjectIds.PROCESS, 0, ProcessResources.PROCESS_COUNT),
                            Duration.ofSeconds(60)),
                    new Wish(
                            ResourcePath.of(ObjectIds.PROCESS, 0, ProcessResources.LAST_EXIT),
                            Duration.ofSeconds(5)),
                    new Wish(
                            ResourcePath.of(ObjectIds.PROCESS, 0, ListingResources.CHANGE_COUNTER),
                            Duration.ofSeconds(60)));

    /** What is read at the first contact, in this order. */
    static List<ResourcePath> firstReads(Announcement announced) {
        var paths = new ArrayList<ResourcePath>();
        for (var objectId : SINGLE) {
            if (announced.has(objectId)) {
                paths.add(ResourcePath.of(objectId, 0));
            }
        }
        add(
                paths,
                announced,
                ObjectIds.PROCESS,
                ProcessResources.PROCESS_COUNT,
                ProcessResources.CPU_LOAD,
                ProcessResources.MEMORY_USED);
        add(
                paths,
                announced,
                ObjectIds.FILE,
                FileResources.ROOT,
                FileResources.ROOT_FREE,
                FileResources.ROOT_TOTAL,
                FileResources.ROOT_RIGHTS);
        if (announced.has(ObjectIds.SOFTWARE)) {
            announced.objects().get(ObjectIds.SOFTWARE).instances().stream()
                    .limit(MOST_PACKAGES)
                    .map(instance -> ResourcePath.of(ObjectIds.SOFTWARE, instance))
                    .forEach(paths::add);
        }
        return paths;
    }

    private static void add(
            List<ResourcePath> paths, Announcement announced, int objectId, int... resources) {
        if (announced.has(objectId)) {
            for (var resource : resources) {
                paths.add(ResourcePath.of(objectId, 0, resource));
            }
        }
    }

    /** What is observed, as far as the device announced the object. */
    static List<Wish> wishes(Announcement announced) {
        return WISHES.stream().filter(wish -> announced.has(wish.path().ids().get(0))).toList();
    }
}
