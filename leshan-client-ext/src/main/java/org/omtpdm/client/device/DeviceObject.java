package org.omtpdm.client.device;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.omtpdm.client.device.SystemFacts.Battery;
import org.omtpdm.client.object.Arguments;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.DeviceResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.PowerSource;

/** Device (/3:1.2), over {@link SystemFacts}. Thread-safe. */
public final class DeviceObject extends SharedObject {

    private static final int INSTANCE = 0;
    private static final String OFFSET_KEY = "device/utc-offset";
    private static final String ZONE_KEY = "device/timezone";

    private final DeviceContext context;
    private final SystemFacts facts;
    private final Restart restart;
    private final DeviceErrors errors = new DeviceErrors();
    private List<Object> lastSeen = List.of();

    public DeviceObject(DeviceContext context, SystemFacts facts, Restart restart) {
        super(context.model(ObjectIds.DEVICE));
        this.context = context;
        this.facts = facts;
        this.restart = restart;
        errors.see(facts.errors());
        addInstance(INSTANCE, resources());
    }

    private ResourceTable resources() {
        return new ResourceTable()
                .text(DeviceResources.MANUFACTURER, () -> facts.identity().manufacturer())
                .text(DeviceResources.MODEL_NUMBER, () -> facts.identity().model())
                .text(DeviceResources.SERIAL_NUMBER, () -> facts.identity().serialNumber())
                .text(DeviceResources.FIRMWARE_VERSION, () -> facts.identity().firmwareVersion())
                .execute(DeviceResources.REBOOT, this::reboot)
                .integers(DeviceResources.AVAILABLE_POWER_SOURCES, this::powerSources)
                .readable(
                        DeviceResources.POWER_SOURCE_VOLTAGE,
                        who ->
                                ofBattery(
                                        DeviceResources.POWER_SOURCE_VOLTAGE,
                                        battery -> battery.millivolts()))
                .readable(
                        DeviceResources.POWER_SOURCE_CURRENT,
                        who ->
                                ofBattery(
                                        DeviceResources.POWER_SOURCE_CURRENT,
                                        battery -> battery.milliamperes()))
                .readable(
                        DeviceResources.BATTERY_LEVEL,
                        who ->
                                facts.battery()
                                        .map(
                                                b ->
                                                        integer(
                                                                DeviceResources.BATTERY_LEVEL,
                                                                b.level())))
                .integer(DeviceResources.MEMORY_FREE, () -> storage().free())
                .integers(DeviceResources.ERROR_CODE, errors::codes)
                .execute(DeviceResources.RESET_ERROR_CODE, this::resetErrors)
                .optionalTime(DeviceResources.CURRENT_TIME, () -> Optional.of(now()))
                .writable(
                        DeviceResources.CURRENT_TIME,
                        (who, value) -> {
                            throw Refusal.notAllowed("the clock is kept by the system");
                        })
                .text(DeviceResources.UTC_OFFSET, this::utcOffset)
                .writable(DeviceResources.UTC_OFFSET, this::prepareOffset)
                .text(DeviceResources.TIMEZONE, this::timezone)
                .writable(DeviceResources.TIMEZONE, this::prepareZone)
                .text(DeviceResources.SUPPORTED_BINDING_AND_MODES, () -> "U")
                .text(DeviceResources.DEVICE_TYPE, () -> facts.identity().deviceType())
                .text(DeviceResources.HARDWARE_VERSION, () -> facts.identity().hardwareVersion())
                .text(DeviceResources.SOFTWARE_VERSION, () -> facts.identity().softwareVersion())
                .readable(
                        DeviceResources.BATTERY_STATUS,
                        who ->
                                facts.battery()
                                        .map(
                                                b ->
                                                        integer(
                                                                DeviceResources.BATTERY_STATUS,
                                                                b.status().code())))
                .integer(DeviceResources.MEMORY_TOTAL, () -> storage().total());
    }

    private static LwM2mResource integer(int id, long value) {
        return LwM2mSingleResource.newIntegerResource(id, value);
    }

    private Map<Integer, Long> powerSources() {
        Map<Integer, Long> sources = new TreeMap<>();
        facts.powerSources().stream()
                .sorted()
                .forEach(s -> sources.put(sources.size(), (long) s.code()));
        return sources;
    }

    /** Voltage and current stand under the instance of the source they belong to. */
    private Optional<LwM2mResource> ofBattery(
            int id, java.util.function.Function<Battery, java.util.OptionalLong> value) {
        List<PowerSource> sources = facts.powerSources().stream().sorted().toList();
        int instance = Math.max(0, sources.indexOf(PowerSource.INTERNAL_BATTERY));
        return facts.battery()
                .map(value)
                .filter(java.util.OptionalLong::isPresent)
                .map(
                        v ->
                                LwM2mMultipleResource.newResource(
                                        id, Map.of(instance, v.getAsLong()), Type.INTEGER));
    }

    private SystemFacts.Storage storage() {
        try {
            return facts.storage();
        } catch (IOException e) {
            return new SystemFacts.Storage(0, 0);
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(context.clock().instant().getEpochSecond());
    }

    private String utcOffset() {
        return context.state()
                .get(OFFSET_KEY)
                .orElseGet(() -> offset(zone().getRules().getOffset(context.clock().instant())));
    }

    private static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId().substring(0, 6);
    }

    private String timezone() {
        return zone().getId();
    }

    private ZoneId zone() {
        return context.state()
                .get(ZONE_KEY)
                .map(ZoneId::of)
                .orElseGet(() -> context.clock().getZone());
    }

    private PreparedWrite prepareOffset(Requester who, LwM2mResource value) throws Refusal {
        String text = String.valueOf(value.getValue());
        try {
            String offset = offset(ZoneOffset.of(text));
            return PreparedWrite.stored(
                    OFFSET_KEY, offset, () -> changed(DeviceResources.UTC_OFFSET));
        } catch (DateTimeException e) {
            throw Refusal.badRequest("UTC offset: expected ISO 8601 such as +01:00");
        }
    }

    private PreparedWrite prepareZone(Requester who, LwM2mResource value) throws Refusal {
        String text = String.valueOf(value.getValue());
        try {
            String zone = ZoneId.of(text).getId();
            return new PreparedWrite(
                    Map.of(ZONE_KEY, Optional.of(zone), OFFSET_KEY, Optional.empty()),
                    () -> changed(DeviceResources.TIMEZONE, DeviceResources.UTC_OFFSET));
        } catch (DateTimeException e) {
            throw Refusal.badRequest(
                    "timezone: expected a name of the IANA database such as Europe/Berlin");
        }
    }

    private void reboot(Requester who, byte[] arguments) throws Refusal {
        Arguments.none("Reboot", arguments);
        restart.begin();
    }

    private void resetErrors(Requester who, byte[] arguments) throws Refusal {
        Arguments.none("Reset Error Code", arguments);
        errors.reset();
        changed(DeviceResources.ERROR_CODE);
    }

    private void changed(int... resourceIds) {
        context.changes().resources(id(), INSTANCE, resourceIds);
    }

    /** Looks whether something has changed and tells observers; called every few seconds. */
    public synchronized void look() {
        if (errors.see(facts.errors())) {
            changed(DeviceResources.ERROR_CODE);
        }
        List<Object> seen =
                List.of(
                        facts.battery(),
                        facts.powerSources(),
                        facts.identity(),
                        storage().free() / 1024);
        if (!seen.equals(lastSeen) && !lastSeen.isEmpty()) {
            changed(
                    DeviceResources.BATTERY_LEVEL,
                    DeviceResources.BATTERY_STATUS,
                    DeviceResources.POWER_SOURCE_VOLTAGE,
                    DeviceResources.POWER_SOURCE_CURRENT,
                    DeviceResources.AVAILABLE_POWER_SOURCES,
                    DeviceResources.FIRMWARE_VERSION,
                    DeviceResources.MEMORY_FREE);
        }
        lastSeen = seen;
    }
}
