package org.omtpdm.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house: who may know whom. */
class ArchitectureTest {

    private static final String SERVER = "org.omtpdm.server";
    private static final String[] PLUMBING = {
        SERVER + ".api..", SERVER + ".store..", SERVER + ".config.."
    };
    private static final String[] FEATURES = {
        SERVER + ".devices..",
        SERVER + ".inventory..",
        SERVER + ".attention..",
        SERVER + ".overview..",
        SERVER + ".commands..",
        SERVER + ".reconcile..",
        SERVER + ".processes..",
        SERVER + ".files..",
        SERVER + ".audit..",
        SERVER + ".events..",
        SERVER + ".metrics.."
    };

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(SERVER);
    }

    @Test
    void only_lwm2m_knows_leshan_and_californium() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".lwm2m..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.leshan..", "org.eclipse.californium..")
                .because("only lwm2m sees Leshan and Californium types")
                .check(
                        classes.that(
                                com.tngtech.archunit.base.DescribedPredicate.not(
                                        com.tngtech.archunit.core.domain.JavaClass.Predicates
                                                .equivalentTo(DmServer.class))));
    }

    @Test
    void plumbing_knows_no_feature() {
        noClasses()
                .that()
                .resideInAnyPackage(PLUMBING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(classes);
    }

    @Test
    void only_the_plumbing_knows_javalin_and_jetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(classes);
    }

    @Test
    void the_server_knows_no_client() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.omtpdm.client..", "org.omtpdm.cli..")
                .check(classes);
    }

    @Test
    void there_are_no_cycles_between_packages() {
        // the link's own parts belong together; nobody else's may
        var link = resideInAPackage(SERVER + ".lwm2m..");
        slices().matching(SERVER + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(link, link)
                .check(classes);
    }

    /** Who may name a table in SQL, by the beginning of its name. */
    private static final Map<String, List<String>> OWNERS =
            Map.of(
                    "events", List.of("events"),
                    "audit_records", List.of("audit"),
                    "users", List.of("security"),
                    "sessions", List.of("security"),
                    "tokens", List.of("security"),
                    "credentials", List.of("security"),
                    "idempotency_keys", List.of("api"),
                    "commands", List.of("commands"),
                    "jobs", List.of("commands"));

    @Test
    void tables_are_written_by_their_feature_only() throws IOException {
        var strangers = new TreeSet<String>();
        var root = Path.of("src/main/java/org/omtpdm/server");
        try (var files = Files.walk(root)) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var feature = root.relativize(file).getName(0).toString();
                var text = Files.readString(file);
                OWNERS.forEach(
                        (table, owners) -> {
                            var writes =
                                    Pattern.compile(
                                            "(INSERT INTO|UPDATE|DELETE FROM)\\s+" + table + "\\b");
                            if (writes.matcher(text).find() && !owners.contains(feature)) {
                                strangers.add(file.getFileName() + " writes " + table);
                            }
                        });
            }
        }
        assertThat(strangers).isEmpty();
    }
}
