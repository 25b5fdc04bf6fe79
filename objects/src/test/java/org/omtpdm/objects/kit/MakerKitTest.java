package org.omtpdm.objects.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.leshan.core.model.ObjectModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ObjectModels;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessOperations;
import org.omtpdm.objects.process.ProcessRecords;

class MakerKitTest {

    private static final String TOP = "omtp-dm-objects-1.2.3/";
    private static Map<String, byte[]> kit;

    @BeforeAll
    static void make() throws IOException {
        kit = MakerKit.of("1.2.3");
    }

    @Test
    void the_zip_holds_all_parts_and_is_the_same_each_time(@TempDir Path folder) throws Exception {
        assertThat(kit.keySet().stream().map(name -> name.substring(TOP.length())))
                .contains(
                        "README.txt",
                        "omtp_dm_objects.h",
                        "objects.json",
                        "vectors/arguments.json",
                        "vectors/process-pages.json",
                        "vectors/file-pages.json",
                        "vectors/stat-results.json",
                        "vectors/last-exits.json",
                        "xml/" + ObjectIds.PROCESS + "-1.0.xml")
                .hasSize(8 + 11);
        MakerKit.write(folder.resolve("a.zip"), kit);
        MakerKit.write(folder.resolve("b.zip"), MakerKit.of("1.2.3"));
        assertThat(Files.mismatch(folder.resolve("a.zip"), folder.resolve("b.zip"))).isEqualTo(-1);
    }

    @Test
    void the_header_compiles_without_a_warning(@TempDir Path folder) throws Exception {
        if (Stream.of(System.getenv("PATH").split(":"))
                .noneMatch(path -> Files.isExecutable(Path.of(path, "cc")))) {
            System.out.println(
                    "The C header was not compiled: there is no program 'cc' on the PATH");
            return;
        }
        Files.write(folder.resolve("omtp_dm_objects.h"), kit.get(TOP + "omtp_dm_objects.h"));
        Path program = folder.resolve("uses.c");
        Files.writeString(
                program,
                """
                #include "omtp_dm_objects.h"
                #include "omtp_dm_objects.h"
                typedef char terminate_is_3[OMTP_PROCESS_MANAGEMENT_TERMINATE == 3 ? 1 : -1];
                typedef char list_is_20[OMTP_LISTING_LIST == 20 ? 1 : -1];
                typedef char protected_is_22[OMTP_OPERATION_RESULT_TARGET_PROTECTED == 22 ? 1 : -1];
                typedef char file_follows_process[OMTP_OBJECT_FILE_MANAGEMENT == OMTP_OBJECT_BASE + 1 ? 1 : -1];
                enum omtp_operation_state state = OMTP_OPERATION_STATE_RUNNING;
                """);
        for (String standard : new String[] {"-std=c99", "-std=c11"}) {
            Process compiler =
                    new ProcessBuilder(
                                    "cc",
                                    standard,
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror",
                                    "-pedantic",
                                    "-fsyntax-only",
                                    "uses.c")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            String output =
                    new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(compiler.exitValue()).as(output).isZero();
        }
    }

    @Test
    void the_header_has_every_resource_and_every_result() {
        String header = new String(kit.get(TOP + "omtp_dm_objects.h"), StandardCharsets.UTF_8);
        Matcher constant = Pattern.compile("(OMTP_[A-Z0-9_]+) = ").matcher(header);
        TreeSet<String> names = new TreeSet<>();
        while (constant.find()) {
            assertThat(names.add(constant.group(1))).as(constant.group(1)).isTrue();
        }
        for (OperationResult result : OperationResult.values()) {
            assertThat(header)
                    .contains("OMTP_OPERATION_RESULT_" + result.name() + " = " + result.code());
        }
        int resources =
                ObjectModels.ours().stream()
                        .mapToInt(
                                model ->
                                        (int)
                                                model.resources.keySet().stream()
                                                        .filter(
                                                                id ->
                                                                        model.id < ObjectIds.BASE
                                                                                || id < 20
                                                                                || id >= 40)
                                                        .count())
                        .sum();
        int constants =
                Enumeration.all().stream()
                        .mapToInt(enumeration -> enumeration.constants().size())
                        .sum();
        assertThat(names).hasSize(ObjectModels.ours().size() + resources + 16 + constants);
    }

    @Test
    void the_json_says_what_the_models_say() throws Exception {
        JsonNode json = json("objects.json");
        Map<Integer, ObjectModel> models = new HashMap<>();
        ObjectModels.ours().forEach(model -> models.put(model.id, model));
        assertThat(json.get("objects")).hasSize(models.size());
        for (JsonNode object : json.get("objects")) {
            ObjectModel model = models.get(object.get("id").asInt());
            assertThat(object.get("urn").asText()).isEqualTo(model.urn);
            assertThat(object.get("resources")).hasSize(model.resources.size());
            for (JsonNode resource : object.get("resources")) {
                assertThat(model.resources.get(resource.get("id").asInt()).name)
                        .isEqualTo(resource.get("name").asText());
            }
        }
        assertThat(json.at("/enumerations/OperationState")).hasSize(5);
    }

    @Test
    void vectors_of_arguments_hold() throws Exception {
        JsonNode vectors = json("vectors/arguments.json");
        assertThat(vectors.get("valid")).hasSizeGreaterThan(10);
        for (JsonNode vector : vectors.get("valid")) {
            ExecuteArguments read = execute(vector);
            assertThat(read.raw()).hasSameSizeAs(vector.get("meaning"));
        }
        assertThat(vectors.get("invalid")).hasSizeGreaterThan(20);
        for (JsonNode vector : vectors.get("invalid")) {
            assertThat(vector.get("expected").asText()).isEqualTo("4.00");
            assertThatThrownBy(() -> execute(vector))
                    .as(vector.toString())
                    .isInstanceOf(BadArgumentsException.class);
        }
    }

    @Test
    void vectors_of_process_pages_are_what_the_library_reads() throws Exception {
        for (JsonNode vector : json("vectors/process-pages.json").get("valid")) {
            CBORObject page = CBORObject.DecodeFromBytes(bytes(vector));
            JsonNode meaning = vector.get("meaning");
            assertThat(page.get(1).AsInt64Value()).isEqualTo(meaning.get("windowId").asLong());
            assertThat(page.get(4).size()).isEqualTo(1 + meaning.get("records").size());
            for (int i = 0; i < meaning.get("records").size(); i++) {
                CBORObject record = page.get(4).get(i + 1);
                JsonNode process = meaning.get("records").get(i);
                assertThat(record.get(0).AsInt64Value()).isEqualTo(process.get("pid").asLong());
                assertThat(page.get(4).get(0).AsInt64Value() + record.get(6).AsInt64Value())
                        .isEqualTo(process.get("startTime").asLong());
                assertThat(record.get(7).AsString()).isEqualTo(process.get("name").asText());
            }
        }
    }

    @Test
    void vectors_of_file_pages_are_what_the_library_reads() throws Exception {
        for (JsonNode vector : json("vectors/file-pages.json").get("valid")) {
            CBORObject page = CBORObject.DecodeFromBytes(bytes(vector));
            byte[] before = new byte[0];
            for (int i = 0; i < vector.at("/meaning/records").size(); i++) {
                CBORObject record = page.get(4).get(i + 1);
                JsonNode file = vector.at("/meaning/records").get(i);
                String shared =
                        new String(before, 0, record.get(0).AsInt32(), StandardCharsets.UTF_8);
                String name = shared + record.get(1).AsString();
                assertThat(name).isEqualTo(file.get("path").asText());
                assertThat(page.get(4).get(0).AsInt64Value() + record.get(4).AsInt64Value())
                        .isEqualTo(file.get("modified").asLong());
                before = name.getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void vectors_marked_invalid_are_refused() throws Exception {
        Map<String, DocumentVectors.Decoder<?>> decoders =
                Map.of(
                        "process-pages", ProcessRecords::decode,
                        "file-pages", FileRecords::decode,
                        "stat-results", StatResult::decode,
                        "last-exits", LastExit::decode);
        for (Map.Entry<String, DocumentVectors.Decoder<?>> entry : decoders.entrySet()) {
            JsonNode vectors = json("vectors/" + entry.getKey() + ".json");
            assertThat(vectors.get("valid")).isNotEmpty();
            for (JsonNode vector : vectors.get("valid")) {
                assertThat(entry.getValue().decode(bytes(vector))).isNotNull();
            }
            assertThat(vectors.get("invalid")).isNotEmpty();
            for (JsonNode vector : vectors.get("invalid")) {
                assertThatThrownBy(() -> entry.getValue().decode(bytes(vector)))
                        .as(vector.toString())
                        .isInstanceOf(MalformedDocumentException.class);
            }
        }
    }

    private static ExecuteArguments execute(JsonNode vector) throws BadArgumentsException {
        int resource = Integer.parseInt(vector.get("execute").asText().replaceAll(".*/", ""));
        boolean file = vector.get("execute").asText().startsWith("/" + ObjectIds.FILE + "/");
        byte[] payload = bytes(vector);
        return switch (resource) {
            case 3 -> ProcessOperations.TERMINATE.parse(payload);
            case 4 ->
                    file
                            ? FileOperations.STAT.parse(payload)
                            : ProcessOperations.START.parse(payload);
            case 7 -> ProcessOperations.SET_PRIORITY.parse(payload);
            case 9 -> FileOperations.DELETE.parse(payload);
            case 10 -> FileOperations.MOVE.parse(payload);
            case 20 -> (file ? FileListArguments.RULES : ProcessListArguments.RULES).parse(payload);
            default -> throw new IllegalStateException("No rules for " + vector.get("execute"));
        };
    }

    private static byte[] bytes(JsonNode vector) {
        return HexFormat.of().parseHex(vector.get("hex").asText());
    }

    private static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(kit.get(TOP + name));
    }
}
