package org.omtpdm.server.inventory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.devices.Announcement;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.inventory.CollectionProfile.Wish;
import org.omtpdm.server.lwm2m.DeviceLink;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.reconcile.PlannedStep;
import org.omtpdm.server.reconcile.Planner;
import org.omtpdm.server.reconcile.Rank;
import org.omtpdm.server.reconcile.StepOutcome;
import org.omtpdm.server.reconcile.Turn;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;

/**
 * Reads and observes what the {@link CollectionProfile} wants of a device, once each. The lane
 * gives it a turn only while the device is reachable, so a device in queue mode is left alone while
 * it sleeps.
 *
 * <p>A path that the profile read whole is observed only where the device has it. Attributes are
 * written before the observation begins, since devices look at them only then (OBJECTS.md C.13.12);
 * a device that refuses attributes is observed without.
 */
public final class CollectionPlanner implements Planner {

    private final Database database;
    private final DeviceService devices;
    private final InventoryService inventory;
    private final DeviceLink link;
    private final Observed observed;
    private final Clock clock;

    public CollectionPlanner(
            Database database,
            DeviceService devices,
            InventoryService inventory,
            DeviceLink link,
            Observed observed,
            Clock clock) {
        this.database = database;
        this.devices = devices;
        this.inventory = inventory;
        this.link = link;
        this.observed = observed;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "collection";
    }

    @Override
    public Rank rank() {
        return Rank.COLLECTION;
    }

    @Override
    public List<PlannedStep> plan(ManagedDevice managed) {
        var device = devices.find(managed.id(), DeviceScope.all());
        var announced = devices.announcement(managed.id());
        if (device.isEmpty() || announced.isEmpty()) {
            return List.of();
        }
        var registration = device.get().registration().map(Device.Registration::id).orElse("");
        var steps = new ArrayList<PlannedStep>();
        steps.addAll(reads(managed, registration, announced.get()));
        steps.addAll(observations(managed, registration, announced.get()));
        return steps;
    }

    private List<PlannedStep> reads(
            ManagedDevice device, String registration, Announcement announced) {
        var collected = database.read(handle -> CollectedTable.of(handle, device.id()));
        var steps = new ArrayList<PlannedStep>();
        for (var path : CollectionProfile.firstReads(announced)) {
            if (!collected.containsKey(path.toString())) {
                var version = announced.objects().get(path.ids().get(0)).version();
                steps.add(new ReadStep(path, "read " + path + " " + version, registration));
            }
        }
        var firmware = collected.get(CollectionProfile.FIRMWARE.toString());
        if (firmware != null
                && !firmware.registrationId().equals(registration)
                && firmware.at().plus(CollectionProfile.FIRMWARE_AGE).isBefore(clock.instant())) {
            steps.add(
                    new ReadStep(
                            CollectionProfile.FIRMWARE,
                            "read firmware " + registration,
                            registration));
        }
        return steps;
    }

    private List<PlannedStep> observations(
            ManagedDevice device, String registration, Announcement announced) {
        var wishes = CollectionProfile.wishes(announced);
        var there =
                Set.copyOf(
                        observed.confirmed(
                                device.endpoint(), link.observations(device.endpoint())));
        return wishes.stream()
                .filter(wish -> !there.contains(wish.path()))
                .filter(wish -> mayHave(device, wish.path()))
                .<PlannedStep>map(wish -> new ObserveStep(wish, registration))
                .toList();
    }

    /**
     * Whether the device may have a resource: one missing in a whole Read of its instance isn't.
     */
    private boolean mayHave(ManagedDevice device, ResourcePath path) {
        var instance = new ResourcePath(path.ids().subList(0, 2));
        var whole =
                database.read(handle -> CollectedTable.of(handle, device.id()))
                        .containsKey(instance.toString());
        return !whole || !inventory.values(device.id(), path).isEmpty();
    }

    /** Reads one path and keeps it. */
    private final class ReadStep implements PlannedStep {
        private final ResourcePath path;
        private final String key;
        private final String registration;

        ReadStep(ResourcePath path, String key, String registration) {
            this.path = path;
            this.key = key;
            this.registration = registration;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public CompletableFuture<StepOutcome> run(Turn turn) {
            return turn.send(new DeviceRequest.Read(path))
                    .thenApply(
                            reply -> {
                                if (reply
                                        instanceof
                                        DeviceReply.Answered<org.omtpdm.server.lwm2m.Reading>
                                                answered) {
                                    keep(turn.device().id(), answered.value());
                                }
                                return StepOutcome.of(reply);
                            });
        }

        private void keep(String deviceId, org.omtpdm.server.lwm2m.Reading reading) {
            database.write(
                    tx -> {
                        inventory.read(tx, deviceId, path, reading);
                        CollectedTable.put(
                                tx.handle(), deviceId, path.toString(), registration, tx.now());
                        if (path.contains(CollectionProfile.FIRMWARE)) {
                            CollectedTable.put(
                                    tx.handle(),
                                    deviceId,
                                    CollectionProfile.FIRMWARE.toString(),
                                    registration,
                                    tx.now());
                        }
                        return null;
                    });
        }
    }

    /** Writes the attributes, then observes. */
    private final class ObserveStep implements PlannedStep {
        private final Wish wish;
        private final String registration;

        ObserveStep(Wish wish, String registration) {
            this.wish = wish;
            this.registration = registration;
        }

        @Override
        public String key() {
            return "observe " + wish.path() + " " + registration;
        }

        @Override
        public CompletableFuture<StepOutcome> run(Turn turn) {
            return turn.send(new DeviceRequest.WriteAttributes(wish.path(), wish.attributes()))
                    .thenCompose(
                            reply ->
                                    reply.fold(
                                            answered -> observe(turn),
                                            refused -> observe(turn),
                                            silent -> ended(reply),
                                            notSent -> ended(reply)));
        }

        private static CompletableFuture<StepOutcome> ended(DeviceReply<?> reply) {
            return CompletableFuture.completedFuture(StepOutcome.of(reply));
        }

        private CompletableFuture<StepOutcome> observe(Turn turn) {
            return turn.send(new DeviceRequest.Observe(wish.path()))
                    .thenApply(
                            reply -> {
                                if (reply
                                        instanceof
                                        DeviceReply.Answered<org.omtpdm.server.lwm2m.Reading>
                                                answered) {
                                    observed.confirm(turn.device().endpoint(), wish.path());
                                    inventory.read(
                                            turn.device().id(), wish.path(), answered.value());
                                }
                                return StepOutcome.of(reply);
                            });
        }
    }
}
