package io.github.orderlookup.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The OpenAPI description of the REST endpoint, {@code order-lookup/openapi.yaml}, as one document:
 * the JSON Schemas that it refers to by file name become its own, so that readers need nothing
 * else.
 */
final class OpenApi {

    private static final Map<String, String> SCHEMAS =
            Map.of("Order", "order.schema.json", "Problem", "problem.schema.json");
    private static final String OWN_SCHEMAS = "#/components/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;

    private OpenApi(ObjectNode document) {
        this.document = document;
    }

    /**
     * Reads the description from the class path.
     *
     * @param asksForKey whether callers need a key; without one nothing of keys is described
     */
    static OpenApi read(boolean asksForKey) {
        String text = resource("openapi.yaml");
        for (Map.Entry<String, String> schema : SCHEMAS.entrySet()) {
            text = text.replace(schema.getValue(), OWN_SCHEMAS + schema.getKey());
        }
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
        ObjectNode document = JSON.valueToTree(tree);
        ObjectNode schemas = document.withObject("/components/schemas");
        SCHEMAS.forEach((name, file) -> add(schemas, name, file));
        if (!asksForKey) {
            removeKeys(document);
        }
        return new OpenApi(document);
    }

    private static void removeKeys(ObjectNode document) {
        document.remove("security");
        document.withObject("/components").remove("securitySchemes");
        document.withObject("/components/responses").remove("Unauthorized");
        for (JsonNode path : document.path("paths")) {
            ((ObjectNode) path.path("get").path("responses")).remove("401");
        }
    }

    private static void add(ObjectNode schemas, String name, String file) {
        try {
            String text = resource(file).replace("#/$defs/", OWN_SCHEMAS);
            ObjectNode schema = (ObjectNode) JSON.readTree(text);
            ObjectNode parts = (ObjectNode) schema.remove("$defs");
            schema.remove("$schema");
            schema.remove("$id");
            schemas.set(name, schema);
            schemas.setAll(parts);
        } catch (IOException e) {
            throw new UncheckedIOException("A schema of order-lookup is unreadable", e);
        }
    }

    private static String resource(String file) {
        try (InputStream in = OpenApi.class.getResourceAsStream("/order-lookup/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The jar of order-lookup lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of order-lookup is unreadable", e);
        }
    }

    byte[] json() {
        return document.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] yaml() {
        DumpSettings block =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setWidth(120)
                        .setSplitLines(false)
                        .build();
        Map<String, Object> tree = JSON.convertValue(document, new TypeReference<>() {});
        return new Dump(block).dumpToString(tree).getBytes(StandardCharsets.UTF_8);
    }
}
