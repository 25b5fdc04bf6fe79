package org.omtpdm.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.eclipse.leshan.core.model.ObjectLoader;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules every object definition of ours keeps. */
class ModelsTest {

    private static final Path GENERATED = Path.of("target/classes/org/omtpdm/models");
    private static final Path TEMPLATES = Path.of("src/main/templates");
    private static final Pattern ITEM =
            Pattern.compile("<Item ID=\"(\\d+)\">(.*?)</Item>", Pattern.DOTALL);

    private static int base;
    private static Map<String, String> files;
    private static List<ObjectModel> models;

    @BeforeAll
    static void read() throws Exception {
        Properties index = new Properties();
        try (InputStream in = Files.newInputStream(GENERATED.resolve("index.properties"))) {
            index.load(in);
        }
        base = Integer.parseInt(index.getProperty("object.base"));
        files = new HashMap<>();
        for (String file : index.getProperty("object.files").split(",")) {
            files.put(file, Files.readString(GENERATED.resolve(file)));
        }
        models = load(GENERATED);
    }

    @Test
    void the_index_names_exactly_the_definitions_there_are() throws Exception {
        try (Stream<Path> found = Files.list(GENERATED)) {
            assertThat(
                            found.map(path -> path.getFileName().toString())
                                    .filter(name -> name.endsWith(".xml")))
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        assertThat(models.stream().map(model -> model.id + "-" + model.version + ".xml"))
                .containsExactlyInAnyOrderElementsOf(files.keySet())
                .contains(
                        "5-1.2.xml",
                        "8-1.0.xml",
                        "9-1.1.xml",
                        "14-1.0.xml",
                        "15-2.0.xml",
                        "20-2.1.xml");
    }

    @Test
    void every_definition_is_valid_by_the_schema_leshan_ships() throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema schema =
                factory.newSchema(ObjectLoader.class.getResource("/schemas/LWM2M-v1_1.xsd"));
        for (String file : files.keySet()) {
            schema.newValidator().validate(new StreamSource(GENERATED.resolve(file).toFile()));
        }
    }

    @Test
    void every_resource_is_as_specified() throws Exception {
        List<String> specified =
                Files.readAllLines(
                                Path.of(
                                        "src/test/resources/org/omtpdm/models/specified-resources.txt"))
                        .stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

        List<String> defined = new ArrayList<>();
        for (ObjectModel model : models) {
            String object = model.id >= base ? "base+" + (model.id - base) : model.id.toString();
            model.resources
                    .values()
                    .forEach(resource -> defined.add(object + "|" + line(resource)));
        }

        assertThat(defined).containsExactlyInAnyOrderElementsOf(specified);
    }

    @Test
    void blocks_are_the_same_in_every_object_that_has_them() {
        for (int id = 20; id <= 35; id++) {
            int resource = id;
            List<String> definitions =
                    files.entrySet().stream()
                            .filter(entry -> objectId(entry.getKey()) >= base)
                            .map(entry -> items(entry.getValue()).get(resource))
                            .filter(item -> item != null)
                            .toList();
            assertThat(definitions).hasSize(id < 30 || id > 32 ? 4 : 5);
            assertThat(definitions).as("resource " + id).containsOnly(definitions.get(0));
        }
    }

    @Test
    void own_resources_keep_out_of_the_blocks() {
        Map<Integer, String> listing = items(block("listing"));
        Map<Integer, String> operation = items(block("operation"));

        assertThat(listing.keySet()).allMatch(id -> id >= 20 && id <= 29).hasSize(10);
        assertThat(operation.keySet()).allMatch(id -> id >= 30 && id <= 39).hasSize(6);
        assertThat(operation).containsAllEntriesOf(items(block("operation-core")));
        assertThat(ours())
                .allSatisfy(
                        model ->
                                assertThat(model.resources.keySet())
                                        .noneMatch(id -> id >= 36 && id < 40));
    }

    @Test
    void urns_name_object_and_version() {
        for (ObjectModel model : models) {
            String space = model.id >= base ? "x" : "oma";
            String version = model.version.equals("1.0") ? "" : ":" + model.version;
            assertThat(model.urn).isEqualTo("urn:oma:lwm2m:" + space + ":" + model.id + version);
        }
        assertThat(ours())
                .allSatisfy(
                        model -> {
                            assertThat(model.version).isEqualTo("1.0");
                            assertThat(model.lwm2mVersion).isEqualTo("1.1");
                            assertThat(model.mandatory).isFalse();
                        });
    }

    @Test
    void everything_is_described() {
        assertThat(models)
                .allSatisfy(model -> assertThat(model.description.length()).isBetween(40, 400));
        assertThat(resources(resource -> true))
                .allSatisfy(
                        resource ->
                                assertThat(resource.description.strip())
                                        .hasSizeGreaterThan(10)
                                        .endsWith("."));
    }

    @Test
    void numbers_have_a_range_unless_they_measure_an_amount() {
        assertThat(resources(r -> isNumber(r) && r.units.isEmpty() && r.id < 4000))
                .allSatisfy(
                        resource ->
                                assertThat(resource.rangeEnumeration).matches("-?\\d+\\.\\.\\d+"));
        assertThat(resources(r -> isNumber(r) && r.rangeEnumeration.isEmpty() && r.id < 4000))
                .allSatisfy(resource -> assertThat(resource.units).isIn("B", "s"));
    }

    @Test
    void moving_the_objects_is_one_setting(@TempDir Path folder) throws Exception {
        new ModelTemplates(TEMPLATES, 30000).writeTo(folder);

        List<ObjectModel> moved = load(folder);

        assertThat(moved)
                .extracting(model -> model.id)
                .contains(30000, 30001, 30002, 30003, 30004)
                .hasSize(11);
        try (Stream<Path> written = Files.list(folder)) {
            for (Path file : (Iterable<Path>) written::iterator) {
                assertThat(Files.readString(file)).doesNotContain("4276", "4277", "@{");
            }
        }
    }

    @Test
    void a_base_outside_the_ids_for_everybody_is_refused() {
        for (int wrong : new int[] {0, 1000, 10240, 42797, 70000}) {
            assertThat(catchThrowable(() -> new ModelTemplates(TEMPLATES, wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("omtp.object.base: " + wrong);
        }
    }

    private static List<ObjectModel> load(Path folder) throws Exception {
        List<ObjectModel> loaded = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file :
                    (Iterable<Path>)
                            found.filter(path -> path.toString().endsWith(".xml"))::iterator) {
                try (InputStream in = Files.newInputStream(file)) {
                    loaded.addAll(
                            ObjectLoader.loadDdfFile(in, file.getFileName().toString(), true));
                }
            }
        }
        return loaded;
    }

    private static String line(ResourceModel resource) {
        String type =
                resource.type == ResourceModel.Type.NONE
                        ? ""
                        : Arrays.stream(resource.type.name().split("_"))
                                .map(
                                        word ->
                                                word.charAt(0)
                                                        + word.substring(1)
                                                                .toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" "));
        return String.join(
                "|",
                resource.id.toString(),
                resource.name,
                resource.operations == ResourceModel.Operations.NONE
                        ? ""
                        : resource.operations.name(),
                resource.multiple ? "M" : "S",
                resource.mandatory ? "M" : "O",
                type.replace("Unsigned integer", "Unsigned Integer"),
                resource.rangeEnumeration,
                resource.units);
    }

    private static boolean isNumber(ResourceModel resource) {
        return resource.type == ResourceModel.Type.INTEGER
                || resource.type == ResourceModel.Type.UNSIGNED_INTEGER;
    }

    private static List<ResourceModel> resources(Predicate<ResourceModel> which) {
        return models.stream()
                .flatMap(model -> model.resources.values().stream())
                .filter(which)
                .toList();
    }

    private static List<ObjectModel> ours() {
        return models.stream().filter(model -> model.id >= base).toList();
    }

    private static int objectId(String file) {
        return Integer.parseInt(file.substring(0, file.indexOf('-')));
    }

    private static String block(String name) {
        try {
            return Files.readString(TEMPLATES.resolve("blocks").resolve(name + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, String> items(String xml) {
        Map<Integer, String> items = new HashMap<>();
        Matcher matcher = ITEM.matcher(xml);
        while (matcher.find()) {
            items.put(Integer.parseInt(matcher.group(1)), matcher.group(2));
        }
        return items;
    }
}
