package org.omtpdm.objects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;

/**
 * The current models as one small text, without descriptions: reading the XML takes a device longer
 * than everything else it does until it is registered. The build writes the text from the XML.
 *
 * <p>A line {@code object|id|version|LwM2M version|name|urn|multiple|mandatory} is followed by one
 * line {@code id|name|operations|multiple|mandatory|type|range|units} for each of its resources.
 */
final class CompactModels {

    private static final String RESOURCE = "/org/omtpdm/objects/models.txt";

    private CompactModels() {}

    /**
     * @param args file to write
     */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), print(ObjectModels.currentFromXml()));
    }

    static List<ObjectModel> read() {
        try (InputStream in = CompactModels.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Read the object models: " + RESOURCE + " is not on the class path");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            List<ObjectModel> models = new ArrayList<>();
            List<ResourceModel> resources = new ArrayList<>();
            String[] object = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\\|", -1);
                if (fields[0].equals("object")) {
                    addObject(models, object, resources);
                    object = fields;
                    resources.clear();
                } else {
                    resources.add(resource(fields));
                }
            }
            addObject(models, object, resources);
            return List.copyOf(models);
        } catch (IOException e) {
            throw new UncheckedIOException("Read the object models from " + RESOURCE, e);
        }
    }

    private static void addObject(
            List<ObjectModel> models, String[] fields, List<ResourceModel> resources) {
        if (fields != null) {
            models.add(
                    new ObjectModel(
                            Integer.valueOf(fields[1]),
                            fields[4],
                            "",
                            fields[2],
                            Boolean.valueOf(fields[6]),
                            Boolean.valueOf(fields[7]),
                            List.copyOf(resources),
                            fields[5],
                            fields[3],
                            ""));
        }
    }

    private static ResourceModel resource(String[] fields) {
        return new ResourceModel(
                Integer.valueOf(fields[0]),
                fields[1],
                ResourceModel.Operations.valueOf(fields[2]),
                Boolean.valueOf(fields[3]),
                Boolean.valueOf(fields[4]),
                ResourceModel.Type.valueOf(fields[5]),
                fields[6],
                fields[7],
                "");
    }

    static String print(List<ObjectModel> models) {
        StringBuilder text = new StringBuilder();
        models.stream()
                .sorted(Comparator.comparing(model -> model.id))
                .forEach(
                        model -> {
                            line(
                                    text,
                                    "object",
                                    model.id,
                                    model.version,
                                    model.lwm2mVersion,
                                    model.name,
                                    model.urn,
                                    model.multiple,
                                    model.mandatory);
                            model.resources.values().stream()
                                    .sorted(Comparator.comparing(resource -> resource.id))
                                    .forEach(
                                            resource ->
                                                    line(
                                                            text,
                                                            resource.id,
                                                            resource.name,
                                                            resource.operations,
                                                            resource.multiple,
                                                            resource.mandatory,
                                                            resource.type,
                                                            resource.rangeEnumeration,
                                                            resource.units));
                        });
        return text.toString();
    }

    private static void line(StringBuilder text, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i].toString().replaceAll("\\s+", " ").strip();
            if (field.contains("|")) {
                throw new IllegalArgumentException("Object model: '" + field + "' contains a bar");
            }
            text.append(i == 0 ? "" : "|").append(field);
        }
        text.append('\n');
    }
}
