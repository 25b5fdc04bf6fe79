package org.omtpdm.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsReportTest {

    private static final String DONE =
            "R-PR-01\t1\texecuting applications\tnone\tgap\t42769\tdone\tProcesses are listed";
    private static final String OPEN =
            "R-PR-05\t1\texecute applications\tnone\t9\t/9:1.1\topen\tAn application starts";

    @TempDir Path folder;

    @Test
    void a_done_line_with_a_passing_test_is_proved_by_it() throws IOException {
        var report =
                report(
                        List.of(DONE, OPEN),
                        "R-PR-01",
                        "<testcase classname='a.ListTest' name='lists_all'/>");

        assertThat(report.problems()).isEmpty();
        assertThat(report.page())
                .contains("| R-PR-01 | 1 | Processes are listed |", "| done | ListTest |");
        assertThat(report.page()).contains("| open |  |");
    }

    @Test
    void a_done_line_without_a_passing_test_fails_the_build() throws IOException {
        String expected = "R-PR-01 is marked done, but no test that carries it ran and passed";

        assertThat(report(List.of(DONE), "R-PR-01", "").problems()).containsExactly(expected);
        assertThat(
                        report(
                                        List.of(DONE),
                                        "R-PR-01",
                                        "<testcase classname='a.ListTest' name='lists_all'><skipped/></testcase>")
                                .problems())
                .containsExactly(expected);
        assertThat(
                        report(
                                        List.of(DONE),
                                        "R-PR-01",
                                        "<testcase classname='a.ListTest' name='lists_all(int)[1]'/>"
                                                + "<testcase classname='a.ListTest' name='lists_all(int)[2]'><failure/></testcase>")
                                .problems())
                .containsExactly(expected);
    }

    @Test
    void a_test_that_names_an_unknown_line_fails_the_build() throws IOException {
        assertThat(report(List.of(OPEN), "R-PR-99", "").problems())
                .containsExactly("a.ListTest names R-PR-99, which is no line");
    }

    @Test
    void malformed_lines_are_refused() {
        assertThatThrownBy(() -> RequirementLine.parseAll(List.of("R-PR-01\t1")))
                .hasMessageContaining("2 columns");
        assertThatThrownBy(() -> RequirementLine.parseAll(List.of(DONE.replace("done", "perhaps"))))
                .hasMessageContaining("expected done, partly or open");
        assertThatThrownBy(() -> RequirementLine.parseAll(List.of(DONE, DONE)))
                .hasMessageContaining("twice");
    }

    private RequirementsReport report(List<String> lines, String requirement, String cases)
            throws IOException {
        Files.writeString(
                folder.resolve("TEST-a.ListTest.xml"), "<testsuite>" + cases + "</testsuite>");
        var tests = new TreeMap<String, java.util.Collection<String>>();
        tests.put("a.ListTest", new TreeSet<>(List.of("lists_all")));
        var evidence =
                new TreeMap<String, java.util.SortedMap<String, java.util.Collection<String>>>();
        evidence.put(requirement, tests);
        return new RequirementsReport(
                RequirementLine.parseAll(lines),
                new Evidence(evidence),
                TestReports.read(List.of(folder)));
    }
}
