package org.omtpdm.server.lwm2m;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.leshan.core.model.ObjectModel;

/** The object definitions this server knows, by object and version. Immutable. */
public final class ObjectCatalogue {

    private static final Comparator<ObjectDefinition> ORDER =
            Comparator.comparing(ObjectDefinition::objectId)
                    .thenComparing(definition -> major(definition.version()))
                    .thenComparing(definition -> minor(definition.version()));

    private final List<ObjectDefinition> definitions;

    public ObjectCatalogue(Collection<ObjectModel> models) {
        definitions = models.stream().map(ObjectDefinition::of).sorted(ORDER).toList();
    }

    /** All definitions, by object id and then version. */
    public List<ObjectDefinition> all() {
        return definitions;
    }

    /** The newest definition of an object. */
    public Optional<ObjectDefinition> newest(int objectId) {
        return definitions.stream()
                .filter(definition -> definition.objectId() == objectId)
                .reduce((older, newer) -> newer);
    }

    /** The definition in exactly this version. */
    public Optional<ObjectDefinition> exact(int objectId, String version) {
        return definitions.stream()
                .filter(definition -> definition.objectId() == objectId)
                .filter(definition -> definition.version().equals(version))
                .findFirst();
    }

    /**
     * The definition in this version, else the newest: resource ids keep their meaning within a
     * major version.
     */
    public Optional<ObjectDefinition> best(int objectId, String version) {
        return exact(objectId, version).or(() -> newest(objectId));
    }

    private static int major(String version) {
        return number(version.split("\\.")[0]);
    }

    private static int minor(String version) {
        var parts = version.split("\\.");
        return parts.length > 1 ? number(parts[1]) : 0;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }
}
