package org.omtpdm.server;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.server.devices.Announcement;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.DeviceState;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.DeviceScope;

/** Devices as the lane and the commands see them. */
final class ManagedDevices implements DeviceDirectory {

    private final DeviceService devices;
    private final Clock clock;

    ManagedDevices(DeviceService devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public Optional<ManagedDevice> find(String deviceId) {
        return Optional.ofNullable(findAll(List.of(deviceId)).get(deviceId));
    }

    @Override
    public Map<String, ManagedDevice> findAll(Collection<String> deviceIds) {
        if (deviceIds.isEmpty()) {
            return Map.of();
        }
        var announcements = devices.announcements(deviceIds);
        var found = new HashMap<String, ManagedDevice>();
        for (var device : devices.findAll(deviceIds, DeviceScope.all())) {
            found.put(
                    device.id(),
                    managed(device, Optional.ofNullable(announcements.get(device.id()))));
        }
        return found;
    }

    private ManagedDevice managed(Device device, Optional<Announcement> announcement) {
        var now = clock.instant();
        return new ManagedDevice(
                device.id(),
                device.endpoint(),
                device.name(),
                announcement
                        .map(announced -> Set.copyOf(announced.objects().keySet()))
                        .orElse(Set.of()),
                device.registration().isPresent(),
                device.life().retiredSince().isPresent(),
                device.state(now) == DeviceState.ASLEEP,
                device.nextWakeUp(now));
    }
}
