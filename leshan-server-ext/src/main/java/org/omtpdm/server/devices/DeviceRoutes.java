package org.omtpdm.server.devices;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Permission;
import org.omtpdm.server.store.Page;

/** Lists of devices, their facets, and announcing new ones. */
public final class DeviceRoutes {

    private final DeviceService devices;
    private final Onboarding onboarding;
    private final WaitingCommands waiting;
    private final Clock clock;

    public DeviceRoutes(
            DeviceService devices, Onboarding onboarding, WaitingCommands waiting, Clock clock) {
        this.devices = devices;
        this.onboarding = onboarding;
        this.waiting = waiting;
        this.clock = clock;
    }

    public void addTo(Router router) {
        router.get("/api/v1/devices", Permission.SEE, this::list);
        router.get("/api/v1/devices/facets", Permission.SEE, this::facets);
        router.post("/api/v1/devices", Permission.ADMINISTER, this::add);
    }

    private Response list(Request request) {
        try {
            var page =
                    devices.page(
                            DeviceQueryParameters.filter(request),
                            DeviceQueryParameters.sort(request),
                            request.page(),
                            request.caller().scope());
            return Response.ok(views(page));
        } catch (IllegalArgumentException e) {
            throw DeviceQueryParameters.bad("cursor", "expected the nextCursor of this list");
        }
    }

    private Page<DeviceView> views(Page<Device> page) {
        var counts = waiting.counts(page.items().stream().map(Device::id).toList());
        var now = clock.instant();
        return page.map(device -> DeviceView.of(device, now, counts.getOrDefault(device.id(), 0)));
    }

    private Response facets(Request request) {
        return Response.ok(
                devices.facets(DeviceQueryParameters.filter(request), request.caller().scope()));
    }

    private Response add(Request request) {
        var added = onboarding.add(request.caller(), request.body(NewDevice.class));
        var view = views(new Page<>(List.of(added.device()), Optional.empty(), Optional.empty()));
        return Response.created(
                new AddedView(
                        view.items().get(0),
                        added.pskIdentity(),
                        added.madeKey(),
                        added.agentCommand()));
    }

    /** {@code AddedDevice} of {@code openapi.yaml}; carries a key, so it has no text form. */
    private record AddedView(
            DeviceView device, String pskIdentity, Optional<String> pskKey, String agentCommand) {

        @Override
        public String toString() {
            return "AddedView[" + device.endpoint() + "]";
        }
    }
}
