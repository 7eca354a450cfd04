package io.github.orderlookup.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Outcome records held to the AsyncAPI description. Thread-safe. */
public final class KafkaContract {

    private static final JsonNode DOCUMENT = Schemas.yaml("asyncapi.yaml");
    private static final Map<String, JsonSchema> HEADERS =
            Map.of("found", headers("Found"), "failed", headers("Failed"));

    private KafkaContract() {}

    /** Fails unless headers and value are those of a message that is described. */
    public static void check(ConsumerRecord<byte[], byte[]> outcome) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        for (Header header : outcome.headers()) {
            if (headers.has(header.key())) {
                throw new AssertionError("The header " + header.key() + " comes twice");
            }
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        boolean found = headers.path("ce_type").asText().startsWith("order-lookup.found");
        Schemas.require(HEADERS.get(found ? "found" : "failed"), headers);
        if (found) {
            Schemas.checkOrder(outcome.value());
        } else {
            Schemas.checkProblem(outcome.value());
        }
    }

    private static JsonSchema headers(String message) {
        ObjectNode schema =
                DOCUMENT.path("components")
                        .path("messages")
                        .path(message)
                        .path("headers")
                        .path("schema")
                        .deepCopy();
        schema.set("components", DOCUMENT.path("components"));
        return Schemas.compile(schema);
    }
}
