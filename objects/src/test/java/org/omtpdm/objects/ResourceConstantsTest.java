package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.junit.jupiter.api.Test;

/** The constants say what the models say. */
class ResourceConstantsTest {

    private static final Map<Integer, Class<?>> CLASSES =
            Map.ofEntries(
                    Map.entry(ObjectIds.SECURITY, SecurityResources.class),
                    Map.entry(ObjectIds.SERVER, ServerResources.class),
                    Map.entry(ObjectIds.ACCESS_CONTROL, AccessControlResources.class),
                    Map.entry(ObjectIds.DEVICE, DeviceResources.class),
                    Map.entry(
                            ObjectIds.CONNECTIVITY_MONITORING,
                            ConnectivityMonitoringResources.class),
                    Map.entry(ObjectIds.FIRMWARE, FirmwareResources.class),
                    Map.entry(ObjectIds.LOCATION, LocationResources.class),
                    Map.entry(
                            ObjectIds.CONNECTIVITY_STATISTICS,
                            ConnectivityStatisticsResources.class),
                    Map.entry(ObjectIds.LOCK_WIPE, LockWipeResources.class),
                    Map.entry(ObjectIds.SOFTWARE, SoftwareResources.class),
                    Map.entry(ObjectIds.SOFTWARE_COMPONENT, SoftwareComponentResources.class),
                    Map.entry(ObjectIds.CAPABILITY, CapabilityResources.class),
                    Map.entry(ObjectIds.EVENT_LOG, EventLogResources.class),
                    Map.entry(ObjectIds.PROCESS, ProcessResources.class),
                    Map.entry(ObjectIds.FILE, FileResources.class),
                    Map.entry(ObjectIds.POLICY, PolicyResources.class),
                    Map.entry(ObjectIds.MALWARE, MalwareResources.class),
                    Map.entry(ObjectIds.CHECKPOINT, CheckpointResources.class));

    @Test
    void every_object_has_its_resources_as_constants() {
        for (Map.Entry<Integer, Class<?>> entry : CLASSES.entrySet()) {
            Map<Integer, String> expected = new TreeMap<>();
            for (ResourceModel resource : model(entry.getKey()).resources.values()) {
                if (entry.getKey() < ObjectIds.BASE || resource.id < 20 || resource.id >= 40) {
                    expected.put(resource.id, letters(resource.name));
                }
            }
            assertThat(constants(entry.getValue()))
                    .as(entry.getValue().getSimpleName())
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_blocks_have_their_resources_as_constants() {
        Map<Integer, String> blocks = new TreeMap<>(constants(ListingResources.class));
        blocks.putAll(constants(OperationResources.class));

        Map<Integer, String> expected = new TreeMap<>();
        model(ObjectIds.PROCESS)
                .resources
                .forEach((id, resource) -> expected.put(id, letters(resource.name)));
        expected.keySet().removeIf(id -> id < 20);

        assertThat(blocks).isEqualTo(expected);
    }

    private static ObjectModel model(int object) {
        return ObjectModels.current().stream()
                .filter(model -> model.id == object)
                .findFirst()
                .orElseThrow();
    }

    private static Map<Integer, String> constants(Class<?> type) {
        Map<Integer, String> constants = new TreeMap<>();
        Arrays.stream(type.getFields())
                .forEach(
                        field ->
                                assertThat(constants.put(value(field), letters(field.getName())))
                                        .as(type + " " + field)
                                        .isNull());
        return constants;
    }

    private static int value(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String letters(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }
}
