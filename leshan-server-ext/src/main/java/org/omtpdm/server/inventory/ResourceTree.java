package org.omtpdm.server.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.devices.Announcement;
import org.omtpdm.server.inventory.InventoryViews.InstanceTree;
import org.omtpdm.server.inventory.InventoryViews.ItemView;
import org.omtpdm.server.inventory.InventoryViews.KnownView;
import org.omtpdm.server.inventory.InventoryViews.ObjectTree;
import org.omtpdm.server.inventory.InventoryViews.ResourceView;
import org.omtpdm.server.lwm2m.ObjectCatalogue;
import org.omtpdm.server.lwm2m.ObjectDefinition;
import org.omtpdm.server.lwm2m.ObjectDefinition.ResourceDefinition;

/**
 * The tree of what a device has: what it announced and what is known of it, each joined with its
 * definition. What nobody described is there too, raw.
 */
final class ResourceTree {

    private final SortedMap<Integer, Map<Integer, List<KnownValue>>> known = new TreeMap<>();
    private final Announcement announced;
    private final ObjectCatalogue catalogue;

    ResourceTree(Announcement announced, List<KnownValue> values, ObjectCatalogue catalogue) {
        this.announced = announced;
        this.catalogue = catalogue;
        for (var value : values) {
            known.computeIfAbsent(value.path().ids().get(0), id -> new TreeMap<>())
                    .computeIfAbsent(value.path().ids().get(1), id -> new ArrayList<>())
                    .add(value);
        }
    }

    List<ObjectTree> objects() {
        var ids = new TreeSet<>(announced.objects().keySet());
        ids.addAll(known.keySet());
        return ids.stream().map(this::object).toList();
    }

    private ObjectTree object(int objectId) {
        var there = Optional.ofNullable(announced.objects().get(objectId));
        var version = there.map(object -> object.version()).orElse("1.0");
        var definition = catalogue.best(objectId, version);
        var values = known.getOrDefault(objectId, Map.of());
        var instances = new TreeSet<>(values.keySet());
        there.ifPresent(object -> instances.addAll(object.instances()));
        return new ObjectTree(
                objectId,
                version,
                definition.map(ObjectDefinition::name),
                definition.flatMap(ObjectDefinition::description),
                instances.stream()
                        .map(
                                id ->
                                        new InstanceTree(
                                                id,
                                                resources(
                                                        ResourcePath.of(objectId, id),
                                                        definition,
                                                        values.getOrDefault(id, List.of()))))
                        .toList());
    }

    private static List<ResourceView> resources(
            ResourcePath instance, Optional<ObjectDefinition> definition, List<KnownValue> values) {
        var byResource =
                values.stream()
                        .collect(
                                Collectors.groupingBy(
                                        value -> value.path().ids().get(2),
                                        TreeMap::new,
                                        Collectors.toList()));
        var ids = new TreeSet<>(byResource.keySet());
        definition.ifPresent(
                object -> object.resources().forEach(resource -> ids.add(resource.resourceId())));
        return ids.stream()
                .map(
                        id ->
                                resource(
                                        instance.child(id),
                                        definition.flatMap(object -> object.resource(id)),
                                        byResource.getOrDefault(id, List.of())))
                .toList();
    }

    private static ResourceView resource(
            ResourcePath path, Optional<ResourceDefinition> definition, List<KnownValue> values) {
        var items =
                values.stream()
                        .filter(value -> value.path().ids().size() == 4)
                        .sorted(Comparator.comparing(KnownValue::path))
                        .map(value -> new ItemView(value.path().ids().get(3), KnownView.of(value)))
                        .toList();
        return new ResourceView(
                path.toString(),
                path.ids().get(2),
                definition.map(ResourceDefinition::name),
                definition.map(ResourceDefinition::operations),
                definition.flatMap(ResourceDefinition::type),
                definition.flatMap(ResourceDefinition::units),
                definition.flatMap(ResourceDefinition::range),
                definition.flatMap(ResourceDefinition::description),
                definition.map(ResourceDefinition::multiple),
                values.stream()
                        .filter(value -> value.path().equals(path))
                        .findFirst()
                        .map(KnownView::of),
                Optional.of(items).filter(list -> !list.isEmpty()),
                definition.isPresent() ? Optional.empty() : Optional.of(true));
    }
}
