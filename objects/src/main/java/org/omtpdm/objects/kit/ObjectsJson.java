package org.omtpdm.objects.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.WireCode;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessOperations;

/** The objects as JSON: what the XML says, the arguments of operations, and the enumerations. */
final class ObjectsJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<String, ArgumentRules> RULES =
            Map.ofEntries(
                    rules(
                            ObjectIds.PROCESS,
                            ProcessResources.TERMINATE,
                            ProcessOperations.TERMINATE),
                    rules(ObjectIds.PROCESS, ProcessResources.START, ProcessOperations.START),
                    rules(ObjectIds.PROCESS, ProcessResources.SUSPEND, ProcessOperations.SUSPEND),
                    rules(ObjectIds.PROCESS, ProcessResources.RESUME, ProcessOperations.RESUME),
                    rules(
                            ObjectIds.PROCESS,
                            ProcessResources.SET_PRIORITY,
                            ProcessOperations.SET_PRIORITY),
                    rules(ObjectIds.PROCESS, ListingResources.LIST, ProcessListArguments.RULES),
                    rules(ObjectIds.FILE, FileResources.STAT, FileOperations.STAT),
                    rules(ObjectIds.FILE, FileResources.FETCH, FileOperations.FETCH),
                    rules(ObjectIds.FILE, FileResources.UPLOAD, FileOperations.UPLOAD),
                    rules(ObjectIds.FILE, FileResources.DELETE, FileOperations.DELETE),
                    rules(ObjectIds.FILE, FileResources.MOVE, FileOperations.MOVE),
                    rules(
                            ObjectIds.FILE,
                            FileResources.MAKE_DIRECTORY,
                            FileOperations.MAKE_DIRECTORY),
                    rules(ObjectIds.FILE, ListingResources.LIST, FileListArguments.RULES));

    private ObjectsJson() {}

    static ObjectNode of(List<ObjectModel> models) {
        ObjectNode whole = JSON.objectNode().put("objectBase", ObjectIds.BASE);
        ArrayNode objects = whole.putArray("objects");
        models.forEach(model -> objects.add(object(model)));
        ObjectNode enumerations = whole.putObject("enumerations");
        for (Enumeration enumeration : Enumeration.all()) {
            ArrayNode constants = enumerations.putArray(enumeration.name());
            for (WireCode constant : enumeration.constants()) {
                constants
                        .addObject()
                        .put("code", constant.code())
                        .put("name", ((Enum<?>) constant).name())
                        .put("words", constant.words());
            }
        }
        return whole;
    }

    private static ObjectNode object(ObjectModel model) {
        ObjectNode object =
                JSON.objectNode()
                        .put("id", model.id)
                        .put("name", model.name)
                        .put("urn", model.urn)
                        .put("version", model.version)
                        .put("lwm2mVersion", model.lwm2mVersion)
                        .put("multiple", model.multiple)
                        .put("mandatory", model.mandatory)
                        .put("description", model.description);
        ArrayNode resources = object.putArray("resources");
        model.resources.values().stream()
                .sorted(Comparator.comparing(resource -> resource.id))
                .forEach(resource -> resources.add(resource(model, resource)));
        return object;
    }

    private static ObjectNode resource(ObjectModel model, ResourceModel resource) {
        boolean none = resource.operations == ResourceModel.Operations.NONE;
        ObjectNode node =
                JSON.objectNode()
                        .put("id", resource.id)
                        .put("name", resource.name)
                        .put("operations", none ? "" : resource.operations.name())
                        .put("multiple", resource.multiple)
                        .put("mandatory", resource.mandatory);
        if (resource.type != ResourceModel.Type.NONE) {
            node.put("type", resource.type.name());
        }
        if (!resource.rangeEnumeration.isEmpty()) {
            node.put("range", resource.rangeEnumeration);
        }
        if (!resource.units.isEmpty()) {
            node.put("units", resource.units);
        }
        node.put("description", resource.description);
        ArgumentRules rules = RULES.get(model.id + "/" + resource.id);
        if (rules != null) {
            ArrayNode arguments = node.putArray("arguments");
            for (Argument<?> argument : rules.arguments()) {
                arguments
                        .addObject()
                        .put("digit", argument.digit())
                        .put("name", argument.name())
                        .put("required", rules.requires(argument));
            }
        }
        return node;
    }

    private static Map.Entry<String, ArgumentRules> rules(
            int object, int resource, ArgumentRules rules) {
        return Map.entry(object + "/" + resource, rules);
    }
}
