package org.omtpdm.server.lwm2m;

import java.util.List;
import java.util.Map;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;

/** One device-management request to a device. @see "LwM2M Core 1.1.1 §6.3" */
public sealed interface DeviceRequest {

    /** Read; the content format is negotiated per device. */
    record Read(ResourcePath path) implements DeviceRequest {}

    /** Read of one Opaque resource or resource instance as application/octet-stream (42). */
    record ReadBytes(ResourcePath path) implements DeviceRequest {}

    /** Falls back to single reads where the device doesn't do composite operations. */
    record ReadComposite(List<ResourcePath> paths) implements DeviceRequest {
        public ReadComposite {
            paths = List.copyOf(paths);
        }
    }

    /** Write (replace) of the values below one resource, or partial update below one instance. */
    record Write(ResourcePath path, Map<ResourcePath, ResourceValue> values)
            implements DeviceRequest {
        public Write {
            values = Map.copyOf(values);
        }
    }

    /**
     * @param arguments as on the wire, empty for none
     */
    record Execute(ResourcePath path, String arguments) implements DeviceRequest {}

    /** Answered with the link attributes by path. */
    record Discover(ResourcePath path) implements DeviceRequest {}

    /** Attributes in link form, for example {@code pmin=10&pmax=60}. */
    record WriteAttributes(ResourcePath path, String attributes) implements DeviceRequest {}

    /** Writes nothing but the wish: notifications then reach {@link DeviceListener#notified}. */
    record Observe(ResourcePath path) implements DeviceRequest {}

    record CancelObservation(ResourcePath path) implements DeviceRequest {}

    record Create(ResourcePath path, Map<ResourcePath, ResourceValue> values)
            implements DeviceRequest {
        public Create {
            values = Map.copyOf(values);
        }
    }

    record Delete(ResourcePath path) implements DeviceRequest {}
}
