package io.github.orderlookup;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The packages know one another in one direction: order and text, lookup, then the rest. */
@AnalyzeClasses(
        packages = "io.github.orderlookup",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "io.github.orderlookup";
    private static final String ORDER = BASE + ".order..";
    private static final String LOOKUP = BASE + ".lookup..";
    private static final String SETTINGS = BASE + ".settings..";
    private static final String PARTNER_CENTER = BASE + ".partnercenter..";
    private static final String KAFKA = BASE + ".kafka..";
    private static final String REST = BASE + ".rest..";
    private static final String TEXT = BASE + ".text..";
    private static final String CLI = BASE + ".cli..";
    private static final String MAIN = BASE + ".main..";
    private static final String ADMISSION = BASE + ".admission..";
    private static final String SIGN_IN = BASE + ".signin..";
    private static final String CAMEL = BASE + ".camel..";
    private static final String[] LANGUAGE = {"java..", "org.jspecify.annotations.."};
    private static final String JACKSON = "com.fasterxml.jackson..";

    @ArchTest
    static final ArchRule orderKnowsJacksonAndTheRulesForTextOnly =
            classes()
                    .that()
                    .resideInAPackage(ORDER)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(LANGUAGE)
                                    .or(resideInAnyPackage(JACKSON, ORDER, TEXT)));

    @ArchTest
    static final ArchRule lookupKnowsOrderTheRulesForTextAndJacksonOnly =
            classes()
                    .that()
                    .resideInAPackage(LOOKUP)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(LANGUAGE)
                                    .or(resideInAnyPackage(JACKSON, ORDER, LOOKUP, TEXT)));

    @ArchTest
    static final ArchRule noHttpClientOfTheJdkInTheLanguageOfTheModule =
            noClasses()
                    .that()
                    .resideInAnyPackage(ORDER, LOOKUP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule settingsKnowTheJdkAndTheRulesForTextOnly =
            classes()
                    .that()
                    .resideInAPackage(SETTINGS)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(LANGUAGE)
                                    .or(resideInAnyPackage(SETTINGS, TEXT, "javax.net..")))
                    .allowEmptyShould(true);

    /** The values, then their formats, then the sources, then the readers. */
    @ArchTest
    static final ArchRule settingsPackagesKnowOneAnotherInOneDirection =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("values")
                    .definedBy(BASE + ".settings")
                    .layer("formats")
                    .definedBy(BASE + ".settings.format")
                    .layer("sources")
                    .definedBy(BASE + ".settings.source")
                    .layer("readers")
                    .definedBy(BASE + ".settings.reader")
                    .whereLayer("values")
                    .mayNotAccessAnyLayer()
                    .whereLayer("formats")
                    .mayOnlyAccessLayers("values")
                    .whereLayer("sources")
                    .mayOnlyAccessLayers("values", "formats");

    @ArchTest
    static final ArchRule theCallKnowsNoSourceOfRequests = independent(PARTNER_CENTER, KAFKA, REST);

    @ArchTest
    static final ArchRule admissionKnowsNeitherTheCallNorASourceOfRequests =
            independent(ADMISSION, PARTNER_CENTER, KAFKA, REST);

    @ArchTest
    static final ArchRule admissionKnowsNothingOfCamel =
            independent(ADMISSION, "org.apache.camel..");

    @ArchTest
    static final ArchRule signingInKnowsNeitherAdmissionNorTheCall =
            independent(SIGN_IN, ADMISSION, PARTNER_CENTER, KAFKA, REST);

    @ArchTest
    static final ArchRule workaroundsForCamelKnowTheSettingsAlone =
            independent(CAMEL, ADMISSION, SIGN_IN, PARTNER_CENTER, KAFKA, REST);

    @ArchTest
    static final ArchRule kafkaKnowsNeitherRestNorThePartnerCenterClient =
            independent(KAFKA, PARTNER_CENTER, REST);

    @ArchTest
    static final ArchRule restKnowsNeitherKafkaNorThePartnerCenterClient =
            independent(REST, PARTNER_CENTER, KAFKA);

    @ArchTest
    static final ArchRule commandsAreKnownToTheMainPackageAlone =
            noClasses()
                    .that(not(resideInAnyPackage(CLI, MAIN)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule checksDoNotKnowTheCommands =
            noClasses()
                    .that()
                    .resideInAPackage(BASE + ".cli.check..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(BASE + ".cli");

    @ArchTest
    static final ArchRule commandsKnowNothingOfCamel =
            noClasses()
                    .that()
                    .resideInAPackage(CLI)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyCommandsReadCommandLines =
            noClasses()
                    .that(not(resideInAPackage(CLI)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheMainPackageKnowsTheRootPackage =
            classes()
                    .that(resideInAPackage(BASE + ".*..").and(not(resideInAnyPackage(BASE, MAIN))))
                    .should()
                    .onlyDependOnClassesThat(not(resideInAPackage(BASE)));

    /** A step of the wall clock changes time stamps and nothing else. */
    @ArchTest
    static final ArchRule nobodyReadsTheWallClock =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(InstantSource.class, "system");

    /** Those who hand it on: for time stamps, and for dates that come from outside. */
    @ArchTest
    static final ArchRule theWallClockIsHandedOnByFew =
            noClasses()
                    .that(resideInAPackage(BASE + "..").and(not(resideInAPackage(CLI))))
                    .and()
                    .haveSimpleNameNotContaining("OrderLookup")
                    .and()
                    .doNotHaveSimpleName("ServiceProcess")
                    .and()
                    .doNotHaveSimpleName("Startup")
                    .and()
                    .doNotHaveSimpleName("SupervisionChecks")
                    .and()
                    .doNotHaveSimpleName("SignInAssembly")
                    .and()
                    .doNotHaveSimpleName("PartnerCenterClient")
                    .should()
                    .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule noCycles = slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

    /** A package is one subject: what is larger is two. */
    @ArchTest
    static void packagesHaveAtMostTwentyFiles(JavaClasses classes) {
        Map<String, Long> files =
                classes.stream()
                        .filter(
                                type ->
                                        type.isTopLevelClass()
                                                || type.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(20));
    }

    private static ArchRule independent(String from, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }
}
