package org.omtpdm.server.inventory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.devices.Announcement;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.DeviceView;
import org.omtpdm.server.devices.WaitingCommands;
import org.omtpdm.server.inventory.InventoryViews.DetailView;
import org.omtpdm.server.inventory.InventoryViews.ObjectView;
import org.omtpdm.server.inventory.InventoryViews.ResourcesView;
import org.omtpdm.server.lwm2m.ObjectCatalogue;
import org.omtpdm.server.lwm2m.ObjectDefinition;
import org.omtpdm.server.security.Permission;

/** One device: what is known of it, and what people say about it. Asks the device nothing. */
public final class DeviceDetailRoutes {

    private static final Announcement NOTHING = new Announcement(new TreeMap<>(), List.of());

    private final DeviceService devices;
    private final InventoryService inventory;
    private final ObjectCatalogue catalogue;
    private final WaitingCommands waiting;
    private final Function<String, List<String>> experience;
    private final Clock clock;

    /**
     * @param experience what was learnt about how to talk to the device with an endpoint
     */
    public DeviceDetailRoutes(
            DeviceService devices,
            InventoryService inventory,
            ObjectCatalogue catalogue,
            WaitingCommands waiting,
            Function<String, List<String>> experience,
            Clock clock) {
        this.devices = devices;
        this.inventory = inventory;
        this.catalogue = catalogue;
        this.waiting = waiting;
        this.experience = experience;
        this.clock = clock;
    }

    public void addTo(Router router) {
        router.get("/api/v1/devices/{deviceId}", Permission.SEE, this::get);
        router.patch("/api/v1/devices/{deviceId}", Permission.OPERATE, this::change);
        router.get("/api/v1/devices/{deviceId}/resources", Permission.SEE, this::resources);
    }

    private Response get(Request request) {
        return Response.ok(detail(devices.get(request.path("deviceId"), request.caller().scope())));
    }

    /** What people may change. */
    record DeviceChange(Optional<String> name, Optional<String> note) {
        private static final int LONGEST_NAME = 200;
        private static final int LONGEST_NOTE = 2000;

        DeviceChange {
            if (name.filter(text -> text.length() > LONGEST_NAME).isPresent()) {
                throw new IllegalArgumentException("name: expected at most 200 characters");
            }
            if (note.filter(text -> text.length() > LONGEST_NOTE).isPresent()) {
                throw new IllegalArgumentException("note: expected at most 2000 characters");
            }
        }
    }

    private Response change(Request request) {
        var change = request.body(DeviceChange.class);
        return Response.ok(
                detail(
                        devices.change(
                                request.caller(),
                                request.path("deviceId"),
                                change.name(),
                                change.note())));
    }

    private DetailView detail(Device device) {
        var announced = devices.announcement(device.id()).orElse(NOTHING);
        var values = inventory.values(device.id(), ResourcePath.ROOT);
        var count = waiting.counts(List.of(device.id())).getOrDefault(device.id(), 0);
        return new DetailView(
                DeviceView.of(device, clock.instant(), count),
                device.createdAt(),
                device.facts()
                        .clockSkew()
                        .map(Duration::toSeconds)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                device.registration()
                        .map(Device.Registration::bindingMode)
                        .filter(mode -> !mode.isEmpty()),
                objects(announced),
                FactSheet.of(values, catalogue),
                announced.notes(),
                RefreshPlan.costs(announced, catalogue),
                experience.apply(device.endpoint()));
    }

    private List<ObjectView> objects(Announcement announced) {
        return announced.objects().entrySet().stream()
                .map(
                        object -> {
                            var definition =
                                    catalogue.best(object.getKey(), object.getValue().version());
                            return new ObjectView(
                                    object.getKey(),
                                    object.getValue().version(),
                                    definition.map(ObjectDefinition::name),
                                    object.getValue().instances(),
                                    definition.isPresent());
                        })
                .toList();
    }

    private Response resources(Request request) {
        var device = devices.get(request.path("deviceId"), request.caller().scope());
        var tree =
                new ResourceTree(
                        devices.announcement(device.id()).orElse(NOTHING),
                        inventory.values(device.id(), ResourcePath.ROOT),
                        catalogue);
        return Response.ok(new ResourcesView(tree.objects()));
    }
}
