package org.omtpdm.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the test runners reported: for each test how its runs ended. */
final class TestReports {

    private final Map<String, Outcome> outcomes = new HashMap<>();

    /** How all runs of one test ended together: one failure outweighs the rest. */
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED;

        Outcome and(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * Reads every {@code TEST-*.xml} in the given folders; folders that do not exist hold no
     * report.
     */
    static TestReports read(List<Path> folders) throws IOException {
        TestReports reports = new TestReports();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(TestReports::isReport).sorted().toList()) {
                        reports.add(file);
                    }
                }
            }
        }
        return reports;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }

    private void add(Path file) throws IOException {
        NodeList cases = parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            outcomes.merge(
                    key(test.getAttribute("classname"), methodOf(test.getAttribute("name"))),
                    outcomeOf(test),
                    Outcome::and);
        }
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Test report " + file + ": " + e.getMessage(), e);
        }
    }

    private static Outcome outcomeOf(Element test) {
        if (test.getElementsByTagName("failure").getLength() > 0
                || test.getElementsByTagName("error").getLength() > 0) {
            return Outcome.FAILED;
        }
        return test.getElementsByTagName("skipped").getLength() > 0
                ? Outcome.SKIPPED
                : Outcome.PASSED;
    }

    /** A test with parameters is reported as {@code name(Type)[1]} or {@code name{Type}[1]}. */
    static String methodOf(String reportedName) {
        int end = 0;
        while (end < reportedName.length()
                && Character.isJavaIdentifierPart(reportedName.charAt(end))) {
            end++;
        }
        return reportedName.substring(0, end);
    }

    /** Whether this test ran, and every run of it passed. */
    boolean passed(String className, String method) {
        return outcomes.get(key(className, method)) == Outcome.PASSED;
    }

    int size() {
        return outcomes.size();
    }

    private static String key(String className, String method) {
        return className + '#' + method;
    }
}
