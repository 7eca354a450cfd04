package io.github.orderlookup.description;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schemas of the module, and documents held to them. Thread-safe. */
public final class Schemas {

    /** Orders that tests make up of what Partner Center never sends. */
    private static final Set<String> ODD_ORDERS = Set.of("05e6d1b8c37a");

    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig ASSERT_FORMATS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(1_000_000).build());
    }

    private static final JsonSchema REQUEST = compile(json("request.schema.json"));
    private static final JsonSchema ORDER = compile(json("order.schema.json"));
    private static final JsonSchema PROBLEM = compile(closed(json("problem.schema.json")));

    private Schemas() {}

    /** What is wrong with a request; empty when nothing is. */
    static List<String> faultsOfRequest(byte[] document) {
        return faults(REQUEST, parse(document));
    }

    /** Fails unless the document is an Order as described. */
    public static void checkOrder(byte[] document) {
        JsonNode order = parse(document);
        if (!ODD_ORDERS.contains(order.path("alternateId").asText())) {
            require(ORDER, order);
        }
    }

    /** Fails unless the document is a problem as described, and has no member beside. */
    public static void checkProblem(byte[] document) {
        require(PROBLEM, parse(document));
    }

    static void require(JsonSchema schema, JsonNode document) {
        List<String> faults = faults(schema, document);
        if (!faults.isEmpty()) {
            throw new AssertionError("Not as described: " + faults + " in " + document);
        }
    }

    static List<String> faults(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream().map(ValidationMessage::getMessage).toList();
    }

    /** A schema whose formats count. */
    public static JsonSchema compile(JsonNode schema) {
        return FACTORY.getSchema(schema, ASSERT_FORMATS);
    }

    /** Readers are to ignore unknown members; to us they would be a slip. */
    static JsonNode closed(JsonNode schema) {
        ((ObjectNode) schema).put("additionalProperties", false);
        for (JsonNode part : schema.path("$defs")) {
            ((ObjectNode) part).put("additionalProperties", false);
        }
        return schema;
    }

    static JsonNode parse(byte[] document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new AssertionError("Not JSON", e);
        }
    }

    /** A description of the module as it lies in the jar. */
    static JsonNode json(String file) {
        return parse(resource(file));
    }

    static JsonNode yaml(String file) {
        String text = new String(resource(file), StandardCharsets.UTF_8);
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static byte[] resource(String file) {
        try (InputStream in = Schemas.class.getResourceAsStream("/order-lookup/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
