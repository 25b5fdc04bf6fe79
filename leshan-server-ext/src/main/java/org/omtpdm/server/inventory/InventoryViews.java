package org.omtpdm.server.inventory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.omtpdm.server.devices.DeviceView;

/** The shapes of {@code openapi.yaml} that show what is known of a device. */
final class InventoryViews {

    private InventoryViews() {}

    /** {@code KnownValue}. */
    record KnownView(JsonNode value, Instant at, Origin origin) {
        static KnownView of(KnownValue known) {
            return new KnownView(ValueText.json(known.value()), known.at(), known.origin());
        }
    }

    /** {@code Fact}: a value that people ask for often. */
    record FactView(
            String label,
            String path,
            Optional<KnownView> known,
            Optional<String> text,
            Optional<String> units) {}

    /** {@code RefreshCost}. */
    record RefreshCost(RefreshScope what, int messages, int bytes) {}

    /** An object of {@code DeviceDetail}. */
    record ObjectView(
            int objectId,
            String version,
            Optional<String> name,
            List<Integer> instances,
            boolean known) {}

    /** {@code DeviceDetail}. */
    record DetailView(
            @JsonUnwrapped DeviceView device,
            Instant createdAt,
            OptionalLong clockSkewSeconds,
            Optional<String> bindingMode,
            List<ObjectView> objects,
            List<FactView> facts,
            List<String> registrationNotes,
            List<RefreshCost> refreshCosts,
            List<String> experience) {}

    /** {@code DeviceResources}. */
    record ResourcesView(List<ObjectTree> objects) {}

    /** An object with its instances. */
    record ObjectTree(
            int objectId,
            String version,
            Optional<String> name,
            Optional<String> description,
            List<InstanceTree> instances) {}

    /** An object instance with its resources. */
    record InstanceTree(int instanceId, List<ResourceView> resources) {}

    /** {@code ResourceView}. */
    record ResourceView(
            String path,
            int resourceId,
            Optional<String> name,
            Optional<String> operations,
            Optional<String> type,
            Optional<String> units,
            Optional<String> range,
            Optional<String> description,
            Optional<Boolean> multiple,
            Optional<KnownView> known,
            Optional<List<ItemView>> instances,
            Optional<Boolean> raw) {}

    /** A resource instance. */
    record ItemView(int instanceId, KnownView known) {}
}
