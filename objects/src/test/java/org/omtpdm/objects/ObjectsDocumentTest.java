package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.leshan.core.model.ResourceModel;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/**
 * Keeps docs/objects.md true. After a change of the models, {@code mvn -pl objects -am test
 * -Dtest=ObjectsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true} writes the
 * tables anew.
 */
class ObjectsDocumentTest {

    private static final Path PAGE = Path.of("../docs/objects.md");
    private static final Pattern TABLE =
            Pattern.compile("<!-- table (\\w+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);

    @Test
    void the_tables_say_what_the_models_say() throws Exception {
        String page = Files.readString(PAGE);
        StringBuilder expected = new StringBuilder();
        Matcher table = TABLE.matcher(page);
        int tables = 0;
        while (table.find()) {
            String name = table.group(1);
            table.appendReplacement(
                    expected,
                    Matcher.quoteReplacement(
                            "<!-- table " + name + " -->\n" + table(name) + "<!-- end -->"));
            tables++;
        }
        table.appendTail(expected);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(tables).isEqualTo(8);
        assertThat(Files.readString(PAGE)).isEqualTo(expected.toString());
    }

    @Test
    void the_page_shown_byte_by_byte_is_a_page() throws Exception {
        Matcher block =
                Pattern.compile("```page\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        StringBuilder hex = new StringBuilder();
        for (String line : block.group(1).split("\n")) {
            hex.append(line.substring(0, Math.min(43, line.length())).replace(" ", ""));
        }

        ListPage<ProcessEntry> page = ProcessRecords.decode(HexFormat.of().parseHex(hex));

        assertThat(page.next()).isEqualTo(NextPage.END);
        assertThat(page.records())
                .extracting(ProcessEntry::name)
                .containsExactly("init", "mail", "caf\u00e9");
        assertThat(page.records())
                .extracting(process -> process.startTime().toString())
                .containsExactly(
                        "2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z", "2026-03-01T07:59:55Z");
    }

    private static String table(String name) {
        Predicate<Integer> own = id -> id < 20 || id >= 40;
        return switch (name) {
            case "listing" -> resources(ObjectIds.PROCESS, id -> id >= 20 && id < 30);
            case "operation" -> resources(ObjectIds.PROCESS, id -> id >= 30 && id < 40);
            case "process" -> resources(ObjectIds.PROCESS, own);
            case "file" -> resources(ObjectIds.FILE, own);
            case "policy" -> resources(ObjectIds.POLICY, own);
            case "malware" -> resources(ObjectIds.MALWARE, own);
            case "checkpoint" -> resources(ObjectIds.CHECKPOINT, own);
            case "results" -> results();
            default -> throw new IllegalArgumentException("No table " + name);
        };
    }

    private static String resources(int object, Predicate<Integer> which) {
        List<ResourceModel> resources =
                ObjectModels.ours().stream()
                        .filter(model -> model.id == object)
                        .flatMap(model -> model.resources.values().stream())
                        .filter(resource -> which.test(resource.id))
                        .sorted(Comparator.comparing(resource -> resource.id))
                        .toList();
        StringBuilder table = new StringBuilder();
        table.append(
                "| id | name | | | type | range, unit | description |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (ResourceModel resource : resources) {
            boolean none = resource.operations == ResourceModel.Operations.NONE;
            String type =
                    resource.type == ResourceModel.Type.NONE
                            ? ""
                            : resource.type.name().toLowerCase(Locale.ROOT);
            table.append("| ").append(resource.id);
            table.append(" | ").append(resource.name);
            table.append(" | ").append(none ? "bootstrap" : resource.operations.name());
            table.append(" | ")
                    .append(resource.mandatory ? "mandatory" : "optional")
                    .append(resource.multiple ? ", multiple" : "");
            table.append(" | ").append(type.replace('_', ' '));
            table.append(" | ").append((resource.rangeEnumeration + " " + resource.units).strip());
            table.append(" | ").append(resource.description.replace("*", "\\*")).append(" |\n");
        }
        return table.toString();
    }

    private static String results() {
        StringBuilder table = new StringBuilder("| result | meaning |\n| --- | --- |\n");
        for (OperationResult result : OperationResult.values()) {
            table.append("| ")
                    .append(result.code())
                    .append(" | ")
                    .append(result.words())
                    .append(" |\n");
            if (result == OperationResult.TRIAL_EXPIRED) {
                table.append("| 128 to 254 | codes of the device's maker |\n");
            }
        }
        return table.toString();
    }
}
