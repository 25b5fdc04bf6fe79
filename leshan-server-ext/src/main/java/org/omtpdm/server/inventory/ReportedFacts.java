package org.omtpdm.server.inventory;

import static org.omtpdm.objects.DeviceResources.BATTERY_LEVEL;
import static org.omtpdm.objects.DeviceResources.CURRENT_TIME;
import static org.omtpdm.objects.DeviceResources.ERROR_CODE;
import static org.omtpdm.objects.DeviceResources.FIRMWARE_VERSION;
import static org.omtpdm.objects.DeviceResources.MANUFACTURER;
import static org.omtpdm.objects.DeviceResources.MEMORY_FREE;
import static org.omtpdm.objects.DeviceResources.MODEL_NUMBER;
import static org.omtpdm.objects.DeviceResources.SERIAL_NUMBER;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.devices.DeviceFacts;
import org.omtpdm.server.devices.PlainText;

/**
 * What the known values of /3/0 and 42769/0 say about a device: the projection into the lists'
 * columns. A value of the wrong type or outside its range says nothing.
 */
final class ReportedFacts {

    static final ResourcePath DEVICE = ResourcePath.of(ObjectIds.DEVICE, 0);
    static final ResourcePath PROCESS_COUNT =
            ResourcePath.of(ObjectIds.PROCESS, 0, ProcessResources.PROCESS_COUNT);

    private static final int MOST_ERRORS = 20;
    private static final int LARGEST_CODE = 255;

    private final Map<ResourcePath, KnownValue> values = new HashMap<>();

    private ReportedFacts(List<KnownValue> known) {
        known.forEach(value -> values.put(value.path(), value));
    }

    /** Whether a value of this path changes the facts. */
    static boolean concerns(ResourcePath path) {
        return DEVICE.contains(path) || path.equals(PROCESS_COUNT);
    }

    /**
     * @param known all known values below {@link #DEVICE}, and {@link #PROCESS_COUNT}
     */
    static DeviceFacts of(List<KnownValue> known) {
        return new ReportedFacts(known).facts();
    }

    private DeviceFacts facts() {
        var battery = number(DEVICE.child(BATTERY_LEVEL), 100);
        return new DeviceFacts(
                text(MANUFACTURER),
                text(MODEL_NUMBER),
                text(SERIAL_NUMBER),
                text(FIRMWARE_VERSION),
                battery.isPresent()
                        ? OptionalInt.of((int) battery.getAsLong())
                        : OptionalInt.empty(),
                number(DEVICE.child(MEMORY_FREE), Long.MAX_VALUE),
                errors(),
                number(PROCESS_COUNT, Integer.MAX_VALUE),
                clockSkew());
    }

    private String text(int resource) {
        var known = values.get(DEVICE.child(resource));
        return known == null || known.value() instanceof ResourceValue.Bytes
                ? ""
                : PlainText.of(known.value().toString());
    }

    private OptionalLong number(ResourcePath path, long largest) {
        var known = values.get(path);
        var number = known == null ? OptionalLong.empty() : known.value().asLong();
        return number.isPresent() && (number.getAsLong() < 0 || number.getAsLong() > largest)
                ? OptionalLong.empty()
                : number;
    }

    /** Codes other than 0, which means that there is no error. */
    private List<Integer> errors() {
        var path = DEVICE.child(ERROR_CODE);
        return values.values().stream()
                .filter(known -> path.contains(known.path()))
                .flatMap(known -> known.value().asLong().stream().boxed())
                .filter(code -> code > 0 && code <= LARGEST_CODE)
                .map(Long::intValue)
                .sorted()
                .distinct()
                .limit(MOST_ERRORS)
                .toList();
    }

    /** How far the device's clock was ahead of ours when it told the time. */
    private Optional<Duration> clockSkew() {
        var known = values.get(DEVICE.child(CURRENT_TIME));
        return known != null && known.value() instanceof ResourceValue.Time time
                ? Optional.of(
                        Duration.ofSeconds(Duration.between(known.at(), time.value()).toSeconds()))
                : Optional.empty();
    }
}
