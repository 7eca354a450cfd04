package io.github.orderlookup.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.routes.RouteFile.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How a route file is written. Each rule is about one thing that people see or hosts collide with.
 */
class RouteConventionsTest {

    private static final String PREFIX = "order-lookup";
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][a-z]+s [^.!?]+\\.");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(direct|order-lookup-dispatch):order-lookup(-[a-z]+)*"
                            + "|order-lookup-[a-z]+:\\{\\{[a-z.-]+}}(/[a-z0-9]+)*");
    private static final Pattern LITERAL =
            Pattern.compile(
                    "(?i)https?://|localhost|\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b|:\\d{4,5}\\b"
                            + "|[a-z0-9]\\.(?:com|net|org|io|cn|us|example)\\b(?![.a-z])");
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|api-?key");
    private static final List<String> ORDER_OF_KEYS =
            List.of(
                    "id",
                    "description",
                    "precondition",
                    "routeConfigurationId",
                    "streamCache",
                    "errorHandler",
                    "autoStartup",
                    "from");
    private static final Set<String> LANGUAGES =
            Set.of("constant", "simple", "method", "header", "ref");

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    static List<JsonNode> routes() {
        return RouteFile.allRoutes();
    }

    static List<Step> steps() {
        return RouteFile.allSteps();
    }

    /** Camel warns of the short form of it since 4.22. */
    @ParameterizedTest
    @MethodSource("files")
    void aDestinationHasItsUriUnderAKey(RouteFile file) {
        assertThat(file.tree().findValues("to")).allMatch(JsonNode::isObject);
    }

    // Files -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsNamedAsHostsLoadIt(RouteFile file) {
        assertThat(file.toString()).startsWith(PREFIX).endsWith(".camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHasLessThan120Lines(RouteFile file) {
        assertThat(file.lines()).hasSizeLessThan(120);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileBeginsWithACommentOfItsOwn(RouteFile file) {
        assertThat(file.lines().get(0)).startsWith("# ").endsWith(".");
        assertThat(file.lines().get(1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aCommentStandsAboveEachRoute(RouteFile file) {
        List<String> lines = file.lines();
        List<String> above = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).matches("- (route|routeConfiguration|beans):")) {
                above.add(lines.get(i - 1));
            }
        }

        assertThat(above).allMatch(line -> line.startsWith("# "));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsIndentedByTwo(RouteFile file) {
        List<String> lines = file.lines().stream().filter(line -> !line.isBlank()).toList();
        List<String> jumps = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            int deeper = indentation(lines.get(i)) - indentation(lines.get(i - 1));
            boolean underAnItem = lines.get(i - 1).strip().startsWith("- ");
            if (deeper > (underAnItem ? 4 : 2)) {
                jumps.add(lines.get(i));
            }
        }

        assertThat(jumps).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileNamesNoHostNoAddressAndNoSecret(RouteFile file) {
        assertThat(file.lines().stream().filter(line -> !line.strip().startsWith("#")))
                .noneMatch(line -> LITERAL.matcher(line).find())
                .noneMatch(line -> SECRET.matcher(line).find());
    }

    @Test
    void endpointsAreOursOrPlaceholders() {
        assertThat(
                        RouteFile.all().stream()
                                .flatMap(file -> RouteFile.having("uri", file.tree()))
                                .map(node -> node.path("uri").asText()))
                .isNotEmpty()
                .allMatch(uri -> ADDRESS.matcher(uri).matches());
    }

    // Routes ----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteHasAnIdInKebabCaseWithOurPrefix(JsonNode route) {
        assertThat(route.path("id").asText()).startsWith(PREFIX).matches(KEBAB_CASE);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsCalledLikeItsDirectEndpoint(JsonNode route) {
        String uri = route.path("from").path("uri").asText();

        assertThat(uri)
                .satisfiesAnyOf(
                        direct ->
                                assertThat(direct).isEqualTo("direct:" + route.path("id").asText()),
                        other -> assertThat(other).doesNotStartWith("direct:"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsDescribedInOneSentenceInTheThirdPerson(JsonNode route) {
        assertThat(route.path("description").asText()).matches(SENTENCE);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteRefersToANamedRouteConfiguration(JsonNode route) {
        assertThat(route.path("routeConfigurationId").asText())
                .isIn(routeConfigurations().map(named -> named.path("id").asText()).toList());
    }

    @Test
    void everyRouteConfigurationHasANameWithOurPrefix() {
        assertThat(routeConfigurations().map(named -> named.path("id").asText()))
                .isNotEmpty()
                .allMatch(id -> id.startsWith(PREFIX))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteNamesItsKeysInTheAgreedOrder(JsonNode route) {
        List<String> keys = new ArrayList<>();
        route.fieldNames().forEachRemaining(keys::add);

        assertThat(keys)
                .containsExactlyElementsOf(ORDER_OF_KEYS.stream().filter(keys::contains).toList());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteHasLessThanTenSteps(JsonNode route) {
        assertThat(RouteFile.stepsIn(route).stream().filter(Step::hasAnEffect)).hasSizeLessThan(10);
    }

    // Steps -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("steps")
    void aStepHasAnIdOfSeveralWordsInKebabCase(Step step) {
        assertThat(step.id()).matches(KEBAB_CASE).contains("-");
    }

    @Test
    void noIdIsGivenTwice() {
        assertThat(
                        RouteFile.all().stream()
                                .flatMap(file -> RouteFile.having("id", file.tree()))
                                .map(node -> node.path("id").asText()))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepIsWrittenWithItsOptionsAsAnObject(Step step) {
        assertThat(step.options().isObject()).isTrue();
    }

    @Test
    void expressionsAreOneOfAFewLanguagesAndNoScript() {
        assertThat(
                        RouteFile.all().stream()
                                .flatMap(file -> RouteFile.having("expression", file.tree()))
                                .map(node -> node.path("expression"))
                                .filter(JsonNode::isObject)
                                .flatMap(RouteConventionsTest::names))
                .isNotEmpty()
                .isSubsetOf(LANGUAGES);
    }

    // Names in the registry -------------------------------------------------------------------

    @Test
    void everyBeanThatARouteRefersToHasOurPrefix() {
        assertThat(
                        Stream.of("ref", "aggregationStrategy", "objectMapper")
                                .flatMap(RouteConventionsTest::texts))
                .isNotEmpty()
                .allMatch(name -> name.replace("#", "").startsWith(PREFIX));
    }

    @Test
    void everyBeanThatAFileBindsHasOurPrefix() {
        assertThat(
                        RouteFile.all().stream()
                                .flatMap(file -> RouteFile.having("type", file.tree()))
                                .map(bean -> bean.path("name").asText()))
                .isNotEmpty()
                .allMatch(name -> name.startsWith(PREFIX));
    }

    private static Stream<JsonNode> routeConfigurations() {
        return RouteFile.all().stream().flatMap(file -> file.items("routeConfiguration").stream());
    }

    private static Stream<String> texts(String member) {
        return RouteFile.all().stream()
                .flatMap(file -> RouteFile.having(member, file.tree()))
                .map(node -> node.path(member))
                .map(node -> node.isObject() ? node.path("expression") : node)
                .map(JsonNode::asText);
    }

    private static Stream<String> names(JsonNode object) {
        Stream.Builder<String> names = Stream.builder();
        object.fieldNames().forEachRemaining(names);
        return names.build();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
