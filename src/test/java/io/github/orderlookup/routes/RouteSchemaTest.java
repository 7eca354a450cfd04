package io.github.orderlookup.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Camel itself ignores what it does not know; the schema that comes with its YAML DSL does not. */
class RouteSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonSchema schema;

    @BeforeAll
    static void readTheSchema() throws IOException {
        schema = schema();
    }

    /** What Camel's YAML DSL takes. */
    static JsonSchema schema() throws IOException {
        try (InputStream in =
                RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V4)
                    .getSchema(Objects.requireNonNull(in, "no schema on the class path"));
        }
    }

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValid(RouteFile file) {
        assertThat(schema.validate(file.tree()).stream().filter(fault -> !isPlaceholder(fault)))
                .extracting(ValidationMessage::getMessage)
                .isEmpty();
    }

    /** A placeholder stands for a number or a truth value as well. */
    private static boolean isPlaceholder(ValidationMessage fault) {
        return fault.getType().equals("type")
                && fault.getInstanceNode().asText().matches("\\{\\{[a-z.-]+}}");
    }

    @Test
    void meetsAMistypedOption() throws IOException {
        String mistyped =
                "[{\"route\": {\"from\": {\"uri\": \"direct:a\", \"steps\": "
                        + "[{\"to\": {\"uri\": \"direct:b\", \"parametres\": {}}}]}}}]";

        assertThat(schema.validate(JSON.readTree(mistyped))).isNotEmpty();
    }
}
