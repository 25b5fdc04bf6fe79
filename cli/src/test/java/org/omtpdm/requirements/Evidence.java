package org.omtpdm.requirements;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.omtpdm.objects.Requirement;

/**
 * Which tests carry which requirement ids, read from compiled test classes.
 *
 * @param tests requirement id to test class to its test methods
 */
record Evidence(SortedMap<String, SortedMap<String, Collection<String>>> tests) {

    static Evidence read(List<Path> testClassFolders) {
        List<Path> folders = testClassFolders.stream().filter(Files::isDirectory).toList();
        JavaClasses classes = new ClassFileImporter().importPaths(folders);
        SortedMap<String, SortedMap<String, Collection<String>>> tests = new TreeMap<>();
        for (JavaClass testClass : classes) {
            for (JavaMethod method : testClass.getMethods()) {
                if (isTest(method)) {
                    ids(testClass).forEach(id -> add(tests, id, testClass, method));
                    ids(method).forEach(id -> add(tests, id, testClass, method));
                }
            }
        }
        return new Evidence(tests);
    }

    private static void add(
            Map<String, SortedMap<String, Collection<String>>> tests,
            String id,
            JavaClass testClass,
            JavaMethod method) {
        tests.computeIfAbsent(id, unused -> new TreeMap<>())
                .computeIfAbsent(testClass.getName(), unused -> new TreeSet<>())
                .add(method.getName());
    }

    private static boolean isTest(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(
                        annotation ->
                                annotation.getRawType().getName().startsWith("org.junit.jupiter.")
                                        && annotation
                                                .getRawType()
                                                .getSimpleName()
                                                .endsWith("Test"));
    }

    private static List<String> ids(HasAnnotations<?> annotated) {
        return annotated.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isEquivalentTo(Requirement.class))
                .flatMap(annotation -> Arrays.stream(valuesOf(annotation)))
                .toList();
    }

    private static String[] valuesOf(JavaAnnotation<?> annotation) {
        Object value = annotation.getExplicitlyDeclaredProperty("value");
        return value instanceof String[] several ? several : new String[] {(String) value};
    }
}
