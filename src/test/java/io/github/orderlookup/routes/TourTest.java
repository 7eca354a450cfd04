package io.github.orderlookup.routes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/tour.md} names exists: routes and their steps, classes and their methods. */
class TourTest {

    private static final Path PAGE = Path.of("docs", "tour.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern STEP = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([a-z]\\w*))?`");

    @Test
    void namesRoutesAndStepsThatExist() throws IOException {
        List<String> known = new ArrayList<>();
        RouteFile.allRoutes().forEach(route -> known.add(route.path("id").asText()));
        RouteFile.all()
                .forEach(
                        file ->
                                RouteFile.having("id", file.tree())
                                        .forEach(node -> known.add(node.path("id").asText())));
        known.addAll(beans());

        assertThat(named(STEP).map(found -> found.group(1))).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void namesClassesAndMethodsThatExist() throws IOException {
        assertThat(named(CODE).map(MatchResult::group)).isNotEmpty().allSatisfy(TourTest::exists);
    }

    private static void exists(String name) throws IOException, ClassNotFoundException {
        String[] parts = name.replace("`", "").split("[.]");
        String file = SOURCES.relativize(source(parts[0])).toString();
        Class<?> type = Class.forName(file.replace(".java", "").replace('/', '.'));
        if (parts.length > 1) {
            assertThat(type.getDeclaredMethods()).extracting(Method::getName).contains(parts[1]);
        }
    }

    private static Path source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> found = files.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(found).as("the source of %s", name).hasSize(1);
            return found.get(0);
        }
    }

    /** What the steps of the routes refer to. */
    private static Set<String> beans() {
        return RouteFile.allSteps().stream()
                .map(step -> step.options().path("ref").asText())
                .collect(toSet());
    }

    private static Stream<MatchResult> named(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results().toList().stream();
    }
}
