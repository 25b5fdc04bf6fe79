package org.omtpdm.server.inventory;

import static org.omtpdm.objects.ConnectivityMonitoringResources.IP_ADDRESSES;
import static org.omtpdm.objects.ConnectivityMonitoringResources.LINK_QUALITY;
import static org.omtpdm.objects.ConnectivityMonitoringResources.NETWORK_BEARER;
import static org.omtpdm.objects.ConnectivityMonitoringResources.RADIO_SIGNAL_STRENGTH;
import static org.omtpdm.objects.DeviceResources.BATTERY_LEVEL;
import static org.omtpdm.objects.DeviceResources.BATTERY_STATUS;
import static org.omtpdm.objects.DeviceResources.CURRENT_TIME;
import static org.omtpdm.objects.DeviceResources.DEVICE_TYPE;
import static org.omtpdm.objects.DeviceResources.ERROR_CODE;
import static org.omtpdm.objects.DeviceResources.FIRMWARE_VERSION;
import static org.omtpdm.objects.DeviceResources.HARDWARE_VERSION;
import static org.omtpdm.objects.DeviceResources.MANUFACTURER;
import static org.omtpdm.objects.DeviceResources.MEMORY_FREE;
import static org.omtpdm.objects.DeviceResources.MEMORY_TOTAL;
import static org.omtpdm.objects.DeviceResources.MODEL_NUMBER;
import static org.omtpdm.objects.DeviceResources.SERIAL_NUMBER;
import static org.omtpdm.objects.DeviceResources.SOFTWARE_VERSION;
import static org.omtpdm.objects.DeviceResources.TIMEZONE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.NetworkBearer;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.WireCode;
import org.omtpdm.server.inventory.InventoryViews.FactView;
import org.omtpdm.server.inventory.InventoryViews.KnownView;
import org.omtpdm.server.lwm2m.ObjectCatalogue;

/** The values of a device that people ask for first, in words where the wire has codes. */
final class FactSheet {

    /**
     * A line of the sheet. @param words what a code means; empty where the value speaks for itself
     */
    private record Line(
            String label,
            ResourcePath path,
            Optional<LongFunction<Optional<? extends WireCode>>> words) {}

    private static final List<Line> LINES =
            List.of(
                    line("Manufacturer", ObjectIds.DEVICE, MANUFACTURER),
                    line("Model", ObjectIds.DEVICE, MODEL_NUMBER),
                    line("Serial number", ObjectIds.DEVICE, SERIAL_NUMBER),
                    line("Firmware", ObjectIds.DEVICE, FIRMWARE_VERSION),
                    line("Software", ObjectIds.DEVICE, SOFTWARE_VERSION),
                    line("Hardware", ObjectIds.DEVICE, HARDWARE_VERSION),
                    line("Device type", ObjectIds.DEVICE, DEVICE_TYPE),
                    line("Battery", ObjectIds.DEVICE, BATTERY_LEVEL),
                    line(
                            "Battery status",
                            ObjectIds.DEVICE,
                            BATTERY_STATUS,
                            BatteryStatus::forCode),
                    line("Memory free", ObjectIds.DEVICE, MEMORY_FREE),
                    line("Memory total", ObjectIds.DEVICE, MEMORY_TOTAL),
                    line("Errors", ObjectIds.DEVICE, ERROR_CODE, DeviceError::forCode),
                    line("Device time", ObjectIds.DEVICE, CURRENT_TIME),
                    line("Time zone", ObjectIds.DEVICE, TIMEZONE),
                    line(
                            "Network",
                            ObjectIds.CONNECTIVITY_MONITORING,
                            NETWORK_BEARER,
                            NetworkBearer::forCode),
                    line("Signal", ObjectIds.CONNECTIVITY_MONITORING, RADIO_SIGNAL_STRENGTH),
                    line("Link quality", ObjectIds.CONNECTIVITY_MONITORING, LINK_QUALITY),
                    line("IP addresses", ObjectIds.CONNECTIVITY_MONITORING, IP_ADDRESSES),
                    line("Processes", ObjectIds.PROCESS, ProcessResources.PROCESS_COUNT),
                    line("CPU load", ObjectIds.PROCESS, ProcessResources.CPU_LOAD),
                    line("Memory used", ObjectIds.PROCESS, ProcessResources.MEMORY_USED),
                    line("Process changes", ObjectIds.PROCESS, ListingResources.CHANGE_COUNTER));

    private FactSheet() {}

    private static Line line(String label, int objectId, int resource) {
        return new Line(label, ResourcePath.of(objectId, 0, resource), Optional.empty());
    }

    private static Line line(
            String label,
            int objectId,
            int resource,
            LongFunction<Optional<? extends WireCode>> words) {
        return new Line(label, ResourcePath.of(objectId, 0, resource), Optional.of(words));
    }

    /** The lines that something is known for. */
    static List<FactView> of(List<KnownValue> values, ObjectCatalogue catalogue) {
        var facts = new ArrayList<FactView>();
        for (var line : LINES) {
            var known = values.stream().filter(value -> line.path.contains(value.path())).toList();
            if (!known.isEmpty()) {
                facts.add(fact(line, known, catalogue));
            }
        }
        return facts;
    }

    private static FactView fact(Line line, List<KnownValue> known, ObjectCatalogue catalogue) {
        var single = known.size() == 1 ? Optional.of(KnownView.of(known.get(0))) : newest(known);
        var text =
                known.stream().map(value -> words(line, value)).collect(Collectors.joining(", "));
        var ids = line.path.ids();
        return new FactView(
                line.label,
                line.path.toString(),
                single,
                line.words.isPresent() || known.size() > 1 ? Optional.of(text) : Optional.empty(),
                catalogue
                        .newest(ids.get(0))
                        .flatMap(object -> object.resource(ids.get(2)))
                        .flatMap(resource -> resource.units()));
    }

    /** Of several instances: their age is that of the newest. */
    private static Optional<KnownView> newest(List<KnownValue> known) {
        return known.stream()
                .max(java.util.Comparator.comparing(KnownValue::at))
                .map(KnownView::of);
    }

    private static String words(Line line, KnownValue known) {
        var code = known.value().asLong();
        if (line.words.isPresent() && code.isPresent()) {
            return line.words
                    .get()
                    .apply(code.getAsLong())
                    .map(WireCode::words)
                    .orElse("code " + code.getAsLong());
        }
        return known.value().toString();
    }
}
