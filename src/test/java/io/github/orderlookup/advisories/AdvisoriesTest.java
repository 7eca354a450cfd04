package io.github.orderlookup.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No library has a version that an advisory calls affected, apart from exceptions with a date and a
 * reason. The advisories are those that ship with Camel's catalogue, and a list of our own for what
 * is younger or about other libraries.
 */
class AdvisoriesTest {

    private static final Path FOLDER = Path.of("src/test/resources/advisories");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Library> LIBRARIES = Library.onTheClassPath();
    private static List<Advisory> advisories;
    private static List<Exemption> exemptions;

    /** An advisory that we live with: why, since when, and for which versions. */
    private record Exemption(
            String cve, String artifact, Set<String> versions, String date, String reason) {

        private boolean covers(Finding finding) {
            return finding.cve().equals(cve)
                    && finding.library().artifact().matches(artifact.replace("*", ".*"))
                    && versions.contains(finding.library().version());
        }
    }

    private record Finding(String cve, Library library) {}

    @BeforeAll
    static void read() throws IOException {
        advisories = new ArrayList<>(read("camel.json", new TypeReference<List<Advisory>>() {}));
        advisories.addAll(read("supplement.json", new TypeReference<List<Advisory>>() {}));
        exemptions = read("exceptions.json", new TypeReference<List<Exemption>>() {});
    }

    @Test
    void noLibraryIsAffectedWithoutAReason() {
        assertThat(findings()).filteredOn(finding -> !isExempt(finding)).isEmpty();
    }

    @Test
    void everyExceptionIsNeeded() {
        assertThat(exemptions)
                .allMatch(exemption -> findings().stream().anyMatch(exemption::covers));
    }

    @Test
    void everyExceptionHasADateAndAReason() {
        assertThat(exemptions)
                .isNotEmpty()
                .allSatisfy(
                        exemption -> {
                            assertThat(LocalDate.parse(exemption.date())).isNotNull();
                            assertThat(exemption.reason()).hasSizeGreaterThan(40);
                        });
    }

    /** Guards the others: they would pass if nothing were read. */
    @Test
    void knowsTheAdvisoriesAndTheLibraries() {
        assertThat(advisories)
                .hasSizeGreaterThan(80)
                .allSatisfy(advisory -> AffectedVersions.parse(advisory.affected()));
        assertThat(LIBRARIES)
                .extracting(Library::artifact)
                .contains("camel-kafka", "camel-http", "netty-codec-http", "lz4-java");
        assertThat(findings())
                .extracting(Finding::cve, finding -> finding.library().artifact())
                .contains(tuple("CVE-2026-49098", "camel-kafka"));
    }

    private static List<Finding> findings() {
        return advisories.stream()
                .flatMap(
                        advisory ->
                                LIBRARIES.stream()
                                        .filter(advisory::concerns)
                                        .map(library -> new Finding(advisory.cve(), library)))
                .toList();
    }

    private static boolean isExempt(Finding finding) {
        return exemptions.stream().anyMatch(exemption -> exemption.covers(finding));
    }

    private static <T> T read(String file, TypeReference<T> type) throws IOException {
        return JSON.readValue(Files.readAllBytes(FOLDER.resolve(file)), type);
    }
}
