package io.github.orderlookup.readme;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages refer to exists: files of this repository, and tests. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST =
            Pattern.compile("`([A-Z]\\w+(?:Test|IT|Chaos))(?:\\.([a-z]\\w+))?`");

    /** A test that the reliability table takes from every build. */
    private static final Pattern ROW =
            Pattern.compile("\"((?:[a-z]+\\.)*[A-Z]\\w+(?:Test|IT))\",\\s*\"(\\w+)\"");

    private static final Path ROWS =
            Path.of("src/chaos/java/io/github/orderlookup/chaos/EveryBuild.java");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToFilesThatExist(Path page) throws IOException {
        assertThat(found(LINK, page))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesTestsThatExist(Path page) throws IOException {
        Map<String, Path> tests = sources();
        for (MatchResult named : TEST.matcher(Files.readString(page)).results().toList()) {
            assertThat(tests).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(tests.get(named.group(1)))
                        .content()
                        .contains("void " + named.group(2) + "(");
            }
        }
    }

    @Test
    void theReliabilityTableNamesTestsThatExist() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(ROWS)).results().toList();
        assertThat(rows)
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        row ->
                                assertThat(source(row.group(1)))
                                        .content()
                                        .contains("void " + row.group(2) + "("));
    }

    private static Path source(String type) {
        return Path.of("src/test/java/io/github/orderlookup", type.replace('.', '/') + ".java");
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().map(hit -> hit.group(1)).toList();
    }

    /** The Java files by the names of their classes; of two with one name the first. */
    private static Map<String, Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(toMap(LinksTest::className, file -> file, (first, other) -> first));
        }
    }

    private static String className(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".java".length());
    }
}
