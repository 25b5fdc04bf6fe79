package org.omtpdm.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.commands.DeviceSelection;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceFilter;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Json;

/** Which devices a job is for, as the device list understands filters. */
final class SelectedDevices implements DeviceSelection {

    private final DeviceService devices;

    SelectedDevices(DeviceService devices) {
        this.devices = devices;
    }

    @Override
    public List<String> matching(Caller caller, JsonNode filter) {
        return devices.ids(read(filter), caller.scope());
    }

    private static DeviceFilter read(JsonNode filter) {
        if (!(filter instanceof ObjectNode given)) {
            throw refused();
        }
        var whole = given.deepCopy();
        if (!whole.hasNonNull("state")) {
            whole.putArray("state");
        }
        try {
            return Json.shared().treeToValue(whole, DeviceFilter.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused();
        }
    }

    private static ManagementException refused() {
        return new ManagementException(
                ErrorCode.BAD_REQUEST,
                "selection.filter: not a filter of the device list",
                Map.of("field", "selection.filter"));
    }

    @Override
    public Set<String> visible(Caller caller, Collection<String> deviceIds) {
        return devices.findAll(deviceIds, caller.scope()).stream()
                .map(Device::id)
                .collect(Collectors.toSet());
    }
}
