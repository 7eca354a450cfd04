package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read in the description of the REST endpoint: its examples, and its keys. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = document(true);

    /** Each problem that is described: where, with which status, and its example. */
    static Stream<Arguments> problems() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> problems(path.getKey(), path.getValue()));
    }

    private static Stream<Arguments> problems(String path, JsonNode operations) {
        return operations.path("get").path("responses").properties().stream()
                .filter(response -> Integer.parseInt(response.getKey()) >= 400)
                .map(response -> example(path, response));
    }

    private static Arguments example(String path, Map.Entry<String, JsonNode> response) {
        JsonNode content = resolved(response.getValue()).path("content");
        return Arguments.of(
                path,
                Integer.parseInt(response.getKey()),
                content.path("application/problem+json").path("example"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("problems")
    void anExampleIsOfItsOwnStatusAndType(String path, int status, JsonNode example) {
        assertThat(example.path("status").asInt()).isEqualTo(status);
        if (example.path("type").asText().equals("about:blank")) {
            assertThat(example.size()).isEqualTo(4);
            return;
        }
        ProblemType type =
                Arrays.stream(ProblemType.values())
                        .filter(known -> known.urn().equals(example.path("type").asText()))
                        .findFirst()
                        .orElseThrow();
        assertThat(type.status()).isEqualTo(status);
        assertThat(example.path("title").asText()).isEqualTo(type.title());
        assertThat(example.path("retryable").asBoolean()).isEqualTo(type.retryable());
        assertThat(example.has("requestId")).isEqualTo(example.path("attempts").asInt() > 0);
    }

    @Test
    void theExamplesOfALookupDiffer() {
        Set<String> details = new HashSet<>();
        problems()
                .filter(problem -> problem.get()[0].toString().startsWith("/v1/"))
                .map(problem -> ((JsonNode) problem.get()[2]).path("detail").asText())
                .forEach(detail -> assertThat(details.add(detail)).as(detail).isTrue());

        assertThat(details).hasSizeGreaterThan(7);
    }

    @Test
    void speaksOfKeysWhereThereAreSome() {
        assertThat(DOCUMENT.path("security")).hasSize(2);
        assertThat(DOCUMENT.at("/components/securitySchemes")).hasSize(2);
    }

    @Test
    void speaksOfNoKeysWhereThereAreNone() {
        JsonNode document = document(false);

        assertThat(document.has("security")).isFalse();
        assertThat(document.path("components").has("securitySchemes")).isFalse();
        assertThat(document.findValues("401")).isEmpty();
        assertThat(document.findValuesAsText("$ref"))
                .allMatch(reference -> document.at(reference.substring(1)).isObject());
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    private static JsonNode document(boolean asksForKey) {
        try {
            return new ObjectMapper().readTree(OpenApi.read(asksForKey).json());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
