package org.omtpdm.server.lwm2m;

import java.util.List;
import java.util.Optional;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;

/**
 * What an object is, in our values: {@code ObjectDefinition} of {@code openapi.yaml}.
 *
 * @param version object version, for example {@code 1.1}
 * @param lwm2mVersion the lowest version of LwM2M that can carry it
 */
public record ObjectDefinition(
        int objectId,
        String version,
        Optional<String> lwm2mVersion,
        Optional<String> urn,
        String name,
        Optional<String> description,
        boolean multiple,
        boolean mandatory,
        List<ResourceDefinition> resources) {

    public ObjectDefinition {
        resources = List.copyOf(resources);
    }

    /**
     * One resource.
     *
     * @param operations {@code R}, {@code W}, {@code RW}, {@code E} or empty
     */
    public record ResourceDefinition(
            int resourceId,
            String name,
            String operations,
            boolean multiple,
            boolean mandatory,
            Optional<String> type,
            Optional<String> range,
            Optional<String> units,
            Optional<String> description) {

        static ResourceDefinition of(ResourceModel model) {
            return new ResourceDefinition(
                    model.id,
                    model.name,
                    model.operations.toString().equals("NONE") ? "" : model.operations.toString(),
                    model.multiple,
                    model.mandatory,
                    Optional.ofNullable(model.type)
                            .filter(type -> type != ResourceModel.Type.NONE)
                            .map(ResourceDefinition::word),
                    text(model.rangeEnumeration),
                    text(model.units),
                    text(model.description));
        }

        /** The type as definitions write it. */
        private static String word(ResourceModel.Type type) {
            return switch (type) {
                case NONE -> "";
                case STRING -> "String";
                case INTEGER -> "Integer";
                case UNSIGNED_INTEGER -> "Unsigned Integer";
                case FLOAT -> "Float";
                case BOOLEAN -> "Boolean";
                case OPAQUE -> "Opaque";
                case TIME -> "Time";
                case OBJLNK -> "Objlnk";
                case CORELINK -> "Corelnk";
            };
        }

        /** Whether it can be read over the device management interface. */
        public boolean offersRead() {
            return operations.contains("R");
        }
    }

    static ObjectDefinition of(ObjectModel model) {
        return new ObjectDefinition(
                model.id,
                model.version,
                text(model.lwm2mVersion),
                text(model.urn),
                model.name,
                text(model.description),
                model.multiple,
                model.mandatory,
                model.resources.values().stream()
                        .map(ResourceDefinition::of)
                        .sorted(java.util.Comparator.comparing(ResourceDefinition::resourceId))
                        .toList());
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    public Optional<ResourceDefinition> resource(int resourceId) {
        return resources.stream().filter(one -> one.resourceId() == resourceId).findFirst();
    }
}
