package io.github.orderlookup.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Kamelet as a document, by the rules that Camel's own catalogue checks its Kamelets with. */
class KameletFileTest {

    private static final String NAME = "order-lookup-action";
    private static final String ICON = "data:image/svg+xml;base64,";
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([A-Za-z.-]+)}}");

    private final JsonNode kamelet = read();

    @Test
    void isNamedByItsFileAndItsType() {
        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.path("metadata").path("name").asText()).isEqualTo(NAME);
        assertThat(metadata("labels", "kamelet.type")).isEqualTo("action");
    }

    @Test
    void hasTheAnnotationsOfTheCatalogue() {
        assertThat(metadata("annotations", "kamelet.support.level")).isIn("Preview", "Stable");
        assertThat(metadata("annotations", "provider")).isNotBlank();
        assertThat(metadata("annotations", "kamelet.group")).isNotBlank();
        assertThat(metadata("annotations", "kamelet.namespace")).isNotBlank();
    }

    @Test
    void hasAPictureOfItsOwn() {
        String icon = metadata("annotations", "kamelet.icon");

        assertThat(icon).startsWith(ICON);
        assertThat(new String(Base64.getDecoder().decode(icon.substring(ICON.length()))))
                .startsWith("<svg ")
                .endsWith("</svg>");
    }

    @Test
    void namesTheVersionOfTheJarThatItCameWith() {
        String version = metadata("annotations", "catalog.version");
        List<String> dependencies = new ArrayList<>();
        kamelet.path("spec").path("dependencies").forEach(each -> dependencies.add(each.asText()));

        assertThat(version).matches("[0-9].*");
        assertThat(dependencies)
                .contains("mvn:io.github.orderlookup:order-lookup:" + version)
                .allMatch(each -> each.matches("(camel|mvn):[a-z0-9.:-]+(?:-SNAPSHOT)?"));
    }

    @Test
    void isDescribedForDesigners() {
        JsonNode definition = kamelet.path("spec").path("definition");

        assertThat(definition.path("title").asText()).endsWith("Action");
        assertThat(definition.path("description").asText()).contains("customerId", "orderId");
        assertThat(definition.path("type").asText()).isEqualTo("object");
    }

    /**
     * A parameter that is used and not declared stops the start; so does one named like a setting.
     */
    @Test
    void usesTheParametersThatItDeclares() {
        List<String> declared = new ArrayList<>();
        kamelet.path("spec")
                .path("definition")
                .path("properties")
                .fieldNames()
                .forEachRemaining(declared::add);
        List<String> used = new ArrayList<>();
        Matcher parameters = PARAMETER.matcher(kamelet.path("spec").path("template").toString());
        while (parameters.find()) {
            used.add(parameters.group(1));
        }

        assertThat(used).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void hasATemplateThatTheSchemaOfCamelTakes() throws IOException {
        ArrayNode document = new ObjectMapper().createArrayNode();
        document.add(kamelet.path("spec").path("template"));

        assertThat(kamelet.path("spec").path("template").path("from").path("uri").asText())
                .isEqualTo("kamelet:source");
        assertThat(RouteSchemaTest.schema().validate(document)).isEmpty();
    }

    private String metadata(String kind, String key) {
        return kamelet.path("metadata").path(kind).path("camel.apache.org/" + key).asText();
    }

    /** As it is in the jar, where Maven has put the version in. */
    private static JsonNode read() {
        String resource = "/kamelets/" + NAME + ".kamelet.yaml";
        try (var in = KameletFileTest.class.getResourceAsStream(resource)) {
            return new ObjectMapper(new YAMLFactory()).readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
