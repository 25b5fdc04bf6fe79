package org.omtpdm.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.omtpdm.requirements.RequirementLine.State;

/**
 * Writes {@code docs/requirements.md} from {@code docs/requirements.tsv}, the tests'
 * {@code @Requirement} annotations and the test runners' reports. Runs at the end of {@code mvn
 * verify}, which fails when a line that is marked done has no passing test, when a test names an
 * unknown line, or when the page in {@code docs} is not what comes out.
 */
public final class RequirementsReport {

    private static final Map<String, String> CHAPTERS = chapters();

    private final List<RequirementLine> lines;
    private final Evidence evidence;
    private final TestReports reports;

    RequirementsReport(List<RequirementLine> lines, Evidence evidence, TestReports reports) {
        this.lines = lines;
        this.evidence = evidence;
        this.reports = reports;
    }

    /**
     * @param arguments the project's folder, then where to write what came out, then its modules
     */
    public static void main(String[] arguments) throws IOException {
        Path project = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        List<Path> modules = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            modules.add(project.resolve(arguments[i]));
        }
        RequirementsReport report =
                new RequirementsReport(
                        RequirementLine.parseAll(
                                Files.readAllLines(project.resolve("docs/requirements.tsv"))),
                        Evidence.read(
                                modules.stream()
                                        .map(module -> module.resolve("target/test-classes"))
                                        .toList()),
                        TestReports.read(reportFolders(modules)));
        List<String> problems = new ArrayList<>(report.problems());
        String page = report.page();
        Files.writeString(output, page);
        Path published = project.resolve("docs/requirements.md");
        if (!Files.exists(published) || !Files.readString(published).equals(page)) {
            problems.add(
                    "docs/requirements.md is not what the tests say; take the new one: cp "
                            + project.relativize(output)
                            + " docs/requirements.md");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    problems.stream().collect(Collectors.joining("\n  ", "Requirements:\n  ", "")));
        }
    }

    private static List<Path> reportFolders(List<Path> modules) {
        List<Path> folders = new ArrayList<>();
        for (Path module : modules) {
            folders.add(module.resolve("target/surefire-reports"));
            folders.add(module.resolve("target/failsafe-reports"));
        }
        return folders;
    }

    /** What must fail the build, one sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> known = lines.stream().map(RequirementLine::id).toList();
        evidence.tests()
                .forEach(
                        (id, tests) -> {
                            if (!known.contains(id)) {
                                problems.add(
                                        String.join(", ", tests.keySet())
                                                + " names "
                                                + id
                                                + ", which is no line");
                            }
                        });
        for (RequirementLine line : lines) {
            if (line.state() == State.DONE && proofs(line).isEmpty()) {
                problems.add(
                        line.id() + " is marked done, but no test that carries it ran and passed");
            }
        }
        return problems;
    }

    /** Simple names of the test classes in which every test of this line ran and passed. */
    private List<String> proofs(RequirementLine line) {
        SortedMap<String, Collection<String>> tests =
                evidence.tests().getOrDefault(line.id(), java.util.Collections.emptySortedMap());
        return tests.entrySet().stream()
                .filter(
                        test ->
                                test.getValue().stream()
                                        .allMatch(method -> reports.passed(test.getKey(), method)))
                .map(
                        test ->
                                test.getKey()
                                        .substring(test.getKey().lastIndexOf('.') + 1)
                                        .replace('$', '.'))
                .sorted()
                .toList();
    }

    String page() {
        StringBuilder page = new StringBuilder();
        page.append("# Requirements\n\n")
                .append(
                        "What operators ask of advanced device management, line by line: the capability of the OMTP list it ")
                .append(
                        "belongs to, the enabler that answers it in OMA DM, the standard LwM2M object (or the gap), and what ")
                .append(
                        "answers it here. *State* and *proved by* are written by the build from the tests' annotations and ")
                .append(
                        "reports; a line that is marked done without a passing test fails the build. A line that is open may ")
                .append("already have tests of its parts.\n\n");
        summary(page);
        Map<String, List<RequirementLine>> byChapter =
                lines.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RequirementsReport::chapterOf,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        byChapter.forEach(
                (chapter, members) -> {
                    page.append("\n## ").append(chapter).append("\n\n");
                    page.append(
                            "| line | tier | requirement | OMTP capability | OMA enabler | standard object | ours | state | proved by |\n");
                    page.append("|---|---|---|---|---|---|---|---|---|\n");
                    members.forEach(line -> row(page, line));
                });
        return page.toString();
    }

    private void summary(StringBuilder page) {
        page.append("| tier | lines | done | partly | open |\n|---|---|---|---|---|\n");
        for (int tier :
                lines.stream().mapToInt(RequirementLine::tier).distinct().sorted().toArray()) {
            page.append("| ").append(tier).append(" | ").append(count(tier, null));
            for (State state : State.values()) {
                page.append(" | ").append(count(tier, state));
            }
            page.append(" |\n");
        }
    }

    private long count(int tier, State state) {
        return lines.stream()
                .filter(line -> line.tier() == tier && (state == null || line.state() == state))
                .count();
    }

    private void row(StringBuilder page, RequirementLine line) {
        List<String> proofs = proofs(line);
        String[] cells = {
            line.id(),
            String.valueOf(line.tier()),
            line.text(),
            line.capability(),
            line.enabler(),
            line.standard(),
            line.ours(),
            line.state().word(),
            String.join(", ", proofs)
        };
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        page.append('\n');
    }

    private static String chapterOf(RequirementLine line) {
        return CHAPTERS.entrySet().stream()
                .filter(chapter -> line.id().startsWith(chapter.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(line.id() + ": no chapter begins so"));
    }

    private static Map<String, String> chapters() {
        Map<String, String> chapters = new LinkedHashMap<>();
        chapters.put("R-GEN", "General, transport");
        chapters.put("R-BS", "Bootstrap");
        chapters.put("R-SC", "Smart card");
        chapters.put("R-SW", "Software");
        chapters.put("R-FW", "Firmware");
        chapters.put("R-CFG", "Configuration");
        chapters.put("R-DG", "Status and diagnostics");
        chapters.put("R-DC", "Device capabilities");
        chapters.put("R-LW", "Lock and wipe");
        chapters.put("R-PO", "Security policies");
        chapters.put("R-FI", "Files");
        chapters.put("R-PR", "Processes");
        chapters.put("R-MW", "Malware");
        chapters.put("R-UC", "Use cases");
        return chapters;
    }
}
