package org.omtpdm.objects.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.WireCode;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/** The C header: ids, enumerations and limits, C99 and C++. */
final class CHeader {

    private final StringBuilder out = new StringBuilder();

    private CHeader() {}

    static String of(List<ObjectModel> models, String version) {
        return new CHeader().write(models, version);
    }

    private String write(List<ObjectModel> models, String version) {
        line(
                "/* Objects of OMTP DM "
                        + version
                        + " for LwM2M devices. Made by the build; Apache-2.0. */");
        line("#ifndef OMTP_DM_OBJECTS_H");
        line("#define OMTP_DM_OBJECTS_H");
        line("");
        line("/* First id of our own objects; 42769 to 42800 are for tests only. */");
        line("#ifndef OMTP_OBJECT_BASE");
        line("#define OMTP_OBJECT_BASE " + ObjectIds.BASE);
        line("#endif");
        objects(models);
        models.forEach(this::resources);
        blocks(models);
        limits();
        Enumeration.all().forEach(this::enumeration);
        line("");
        line("#endif /* OMTP_DM_OBJECTS_H */");
        return out.toString();
    }

    private void objects(List<ObjectModel> models) {
        List<String> constants = new ArrayList<>();
        for (ObjectModel model : models) {
            int offset = model.id - ObjectIds.BASE;
            String id = offset < 0 ? model.id.toString() : "OMTP_OBJECT_BASE + " + offset;
            constants.add(
                    "OMTP_OBJECT_"
                            + name(model)
                            + " = "
                            + id
                            + comment(model.name + " " + model.version));
        }
        enumeration("omtp_object", "Objects", constants);
    }

    private void resources(ObjectModel model) {
        List<String> constants = new ArrayList<>();
        for (ResourceModel resource : inOrder(model)) {
            if (model.id < ObjectIds.BASE || resource.id < 20 || resource.id >= 40) {
                constants.add(constant(name(model), resource));
            }
        }
        String title =
                "Resources of "
                        + model.name
                        + (model.id < ObjectIds.BASE ? "" : ", beside the shared blocks");
        enumeration("omtp_" + name(model).toLowerCase(Locale.ROOT) + "_resource", title, constants);
    }

    private void blocks(List<ObjectModel> models) {
        ObjectModel process =
                models.stream()
                        .filter(model -> model.id == ObjectIds.PROCESS)
                        .findFirst()
                        .orElseThrow();
        List<String> listing = new ArrayList<>();
        List<String> operation = new ArrayList<>();
        for (ResourceModel resource : inOrder(process)) {
            if (resource.id >= 20) {
                (resource.id < 30 ? listing : operation)
                        .add(constant(resource.id < 30 ? "LISTING" : "OPERATION", resource));
            }
        }
        enumeration(
                "omtp_listing_resource",
                "The listing block, the same in every object that lists",
                listing);
        enumeration(
                "omtp_operation_resource",
                "The operation block, the same in every object that runs operations",
                operation);
    }

    private void limits() {
        line("");
        line("/* Limits, in bytes where nothing else is said */");
        define("RECORD_FORMAT", ListPage.FORMAT);
        define("PAGE_MAX", ListPage.MAXIMUM_BYTES);
        define("PAGE_SIZE_MIN", PageWriter.MINIMUM_PAGE_SIZE);
        define("PAGE_SIZE_DEFAULT", PageWriter.DEFAULT_PAGE_SIZE);
        define("WINDOW_PAGES_MAX", ListPage.MAXIMUM_PAGES);
        define("ARGUMENTS_MAX", ExecuteArguments.MAXIMUM_BYTES);
        define("CORRELATOR_DIGIT", ExecuteArguments.CORRELATOR.digit());
        define("PATH_MAX", DevicePath.MAXIMUM_BYTES);
        define("PROCESS_NAME_MAX", ProcessEntry.MAXIMUM_NAME_BYTES);
        define("STAT_RESULT_MAX", StatResult.MAXIMUM_BYTES);
        define("LAST_EXIT_MAX", LastExit.MAXIMUM_BYTES);
    }

    private void enumeration(Enumeration enumeration) {
        String prefix = Enumeration.upperSnake(enumeration.name());
        List<String> constants = new ArrayList<>();
        for (WireCode constant : enumeration.constants()) {
            constants.add(
                    "OMTP_"
                            + prefix
                            + "_"
                            + ((Enum<?>) constant).name()
                            + " = "
                            + constant.code()
                            + comment(constant.words()));
        }
        enumeration("omtp_" + prefix.toLowerCase(Locale.ROOT), enumeration.name(), constants);
    }

    private void enumeration(String type, String title, List<String> constants) {
        line("");
        line("/* " + title + " */");
        line("enum " + type + " {");
        for (int i = 0; i < constants.size(); i++) {
            boolean last = i == constants.size() - 1;
            line("    " + constants.get(i).replace("@", last ? "" : ","));
        }
        line("};");
    }

    private static String constant(String prefix, ResourceModel resource) {
        String operations =
                resource.operations == ResourceModel.Operations.NONE
                        ? "-"
                        : resource.operations.name();
        return "OMTP_"
                + prefix
                + "_"
                + Enumeration.upperSnake(resource.name)
                + " = "
                + resource.id
                + comment(operations);
    }

    /** The comma goes before the comment, except after the last constant. */
    private static String comment(String words) {
        return "@ /* " + words + " */";
    }

    private void define(String name, int value) {
        line("#define OMTP_" + name + " " + value);
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private static String name(ObjectModel model) {
        return switch (model.id) {
            case ObjectIds.SOFTWARE -> "SOFTWARE_MANAGEMENT";
            case ObjectIds.SOFTWARE_COMPONENT -> "SOFTWARE_COMPONENT";
            case ObjectIds.CAPABILITY -> "DEVICE_CAPABILITY";
            default -> Enumeration.upperSnake(model.name);
        };
    }

    private static List<ResourceModel> inOrder(ObjectModel model) {
        return model.resources.values().stream()
                .sorted(Comparator.comparing(resource -> resource.id))
                .toList();
    }
}
