package io.laundrybridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.laundrybridge.session.start.StartPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "io.laundrybridge";
    private static final Pattern PACKAGE = Pattern.compile("\\b(io\\.laundrybridge(?:\\.[a-z]+)*)\\.[A-Z]");
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Bridge.class.getProtectionDomain().getCodeSource().getLocation());

    /** The steps in the order of the path. Each may depend on those before it. */
    private static final String[] STEPS = {"source", "encode", "channel", "session", "transport"};

    /** What every step may use. */
    private static final String[] VALUES = {
        "auth",
        "config",
        "error",
        "event",
        "filter",
        "host",
        "kafka",
        "limits",
        "logging",
        "policy",
        "protocol",
        "publish",
        "sink"
    };

    /** The rooms of {@code session} from top to bottom. Each may depend on those after it. */
    private static final String[] ROOMS = {
        "dialect",
        "worker",
        "queue",
        "login",
        "inbound",
        "wake",
        "endpoint",
        "publish",
        "frame",
        "feed",
        "playback",
        "reader",
        "start",
        "select",
        "socket",
        "place"
    };

    @Test
    void aRoomOfSessionDependsOnlyOnRoomsBelowIt() {
        for (int room = 0; room < ROOMS.length; room++) {
            for (int above = 0; above < room; above++) {
                check(noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".session." + ROOMS[room] + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + ".session." + ROOMS[above] + ".."));
            }
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".session." + ROOMS[room] + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + ".session", ROOT + ".session.admission"));
        }
    }

    @Test
    void dialectsDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".session.dialect")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".session.dialect.*.."));
        check(slices().matching(ROOT + ".session.dialect.(*)..").should().notDependOnEachOther());
    }

    @Test
    void theWordsOfADialectAreInItsClassesOfLines() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".session..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".session.dialect.full.SessionLines")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".session.dialect.full.ChannelLines")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".protocol.ServerLine"));
    }

    @Test
    void noSessionGetsAWriter() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".session..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".channel.log.LogWriter")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".channel.latest.TableWriter"));
    }

    @Test
    void aStepDependsOnlyOnStepsToItsLeft() {
        for (int step = 0; step < STEPS.length; step++) {
            for (int right = step + 1; right < STEPS.length; right++) {
                check(noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + STEPS[step] + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + STEPS[right] + ".."));
            }
        }
    }

    @Test
    void valuesDependOnNoStep() {
        for (String values : VALUES) {
            for (String step : STEPS) {
                check(noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + values + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + step + ".."));
            }
        }
    }

    @Test
    void noStepImportsTheRoot() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT));
    }

    @Test
    void noStepKnowsThatThereIsAWarmUpAndThatKnowsNeitherEnd() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .and()
                .resideOutsideOfPackage(ROOT + ".warmup")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".warmup"));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".warmup")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".transport..", ROOT + ".source.kafka..", ROOT + ".sink.kafka.."));
    }

    @Test
    void onlyTheKafkaPackagesImportKafka() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".source.kafka..", ROOT + ".sink.kafka..", ROOT + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.."));
    }

    /** And only from behind the check that it is there. */
    @Test
    void onlyTheJwtPackageImportsNimbus() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".auth.jwt")
                .or()
                .haveFullyQualifiedName(ROOT + ".auth.jwt.JwtAuthenticator")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds.."));
    }

    /** And only from behind the check that it is there. */
    @Test
    void onlyTheSchemaPackageImportsItsLibrary() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".publish.schema")
                .or()
                .haveFullyQualifiedName(ROOT + ".publish.schema.JsonSchemaCheck")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.networknt.."));
    }

    @Test
    void theKafkaPackageUsesNoInternals() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..internals..",
                        "org.apache.kafka.common.utils..",
                        "org.apache.kafka.common.network..",
                        "org.apache.kafka.common.requests.."));
    }

    @Test
    void onlyTheAdaptersImportJakarta() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".transport.servlet..", ROOT + ".transport.websocket..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".transport.websocket..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.servlet.EndpointSetup")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.websocket.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".transport.servlet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet.."));
    }

    @Test
    void aContainerIsKnownToItsOwnPackageAndToOneLineOfTheList() {
        String below = ROOT + ".transport.websocket.";
        for (String container : new String[] {"tomcat", "tyrus", "undertow", "jetty"}) {
            check(noClasses()
                    .that()
                    .resideOutsideOfPackage(below + container)
                    .and()
                    .doNotHaveFullyQualifiedName(below + "Containers")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(below + container));
        }
        check(noClasses()
                .that()
                .resideOutsideOfPackages(below + "tyrus", below + "undertow")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.glassfish..", "io.undertow..", "org.xnio..", "org.apache.tomcat.."));
    }

    @Test
    void coreKnowsNoSpring() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.."));
    }

    @Test
    void noPackagesGoInCircles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    /** {@code source.kafka} may have more: its classes are one path, and none reaches back. */
    @Test
    void noPackageHasMoreThanTwentyClasses() {
        Map<String, Long> sizes = CORE.stream()
                .filter(each -> each.isTopLevelClass()
                        && !each.getSimpleName().equals("package-info")
                        && !each.getPackageName().equals(ROOT + ".source.kafka"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes.values()).allMatch(size -> size <= 20);
    }

    /** A start holds a log and perhaps an image. A subscription would keep these for as long as it is open. */
    @Test
    void noFieldKeepsTheStartOfASubscription() {
        assertThat(CORE.stream().flatMap(each -> each.getFields().stream()))
                .hasSizeGreaterThan(1_000)
                .noneMatch(field -> field.getRawType().isEquivalentTo(StartPlace.class));
    }

    @Test
    void noMoreThanFourClassesReachEachOther() {
        assertThat(ClassCycles.largerThan(4, CORE)).isEmpty();
        assertThat(ClassCycles.largerThan(1, CORE))
                .as("the cycles that are left")
                .isNotEmpty();
    }

    @Test
    void everyPackageIsExportedOrInternal() {
        Set<String> packages = new TreeSet<>();
        CORE.forEach(each -> packages.add(each.getPackageName()));
        assertThat(packages).containsAll(ExportedPackages.names());
        assertThat(packages)
                .as("exported (%s) or @API(status = INTERNAL) on its package-info, and not both", ExportedPackages.LIST)
                .allMatch(name -> ExportedPackages.names().contains(name) != isMarkedInternal(CORE.getPackage(name)));
    }

    private static boolean isMarkedInternal(JavaPackage some) {
        return some.tryGetAnnotationOfType(API.class)
                .filter(mark -> mark.status() == API.Status.INTERNAL)
                .isPresent();
    }

    @Test
    void publicSignaturesNameNothingInternal() {
        check(classes()
                .that(describe("are exported", ExportedPackages::isExported))
                .should(ExportedPackages.showOnlyExportedTypes()));
    }

    /** What users run and copy; the sources of main are enough, as exported types show exported ones alone. */
    private static final List<String> HOSTS = List.of(
            "laundry-bridge-jakarta",
            "laundry-bridge-postgres",
            "laundry-bridge-spring",
            "examples/gateway",
            "examples/laundry-dashboard",
            "examples/standalone-server",
            "examples/two-tenants");

    @Test
    void hostsAndExamplesImportExportedPackagesOnly() throws IOException {
        Set<String> core = new TreeSet<>();
        CORE.forEach(each -> core.add(each.getPackageName()));
        for (String host : HOSTS) {
            try (Stream<Path> files = Files.walk(Path.of("..", host, "src", "main", "java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    Set<String> used = PACKAGE.matcher(Files.readString(file))
                            .results()
                            .map(each -> each.group(1))
                            .filter(core::contains)
                            .collect(Collectors.toSet());
                    assertThat(ExportedPackages.names()).as(file.toString()).containsAll(used);
                }
            }
        }
    }

    @Test
    void namesSayWhatAClassIs() {
        check(classes().should().haveNameNotMatching(".*(Impl|Utils?|Helper|Manager)"));
    }

    private static void check(ArchRule rule) {
        rule.check(CORE);
    }
}
