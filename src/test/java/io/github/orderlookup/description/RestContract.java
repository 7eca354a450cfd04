package io.github.orderlookup.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers of the REST endpoint held to the OpenAPI description. What it does not speak of, such as
 * an unknown path or another method than GET, passes. Thread-safe.
 */
public final class RestContract {

    /** Headers of every answer that HTTP itself has. */
    private static final Set<String> OF_HTTP = Set.of("content-length", "content-type");

    private static final JsonNode DOCUMENT = Schemas.yaml("openapi.yaml");
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private RestContract() {}

    /**
     * Fails unless the description knows the status, the headers, the media type and the body.
     *
     * @param target the request target, with its query if it had one
     * @param headers by name, in any case
     */
    public static void check(
            String method,
            String target,
            int status,
            Map<String, List<String>> headers,
            byte[] body) {
        String path = path(target);
        if (!method.equals("GET") || path == null) {
            return;
        }
        String where = path + " " + status;
        JsonNode response = described(path, status, where);
        Map<String, List<String>> came = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        came.putAll(headers);
        checkHeaders(where, response.path("headers"), came);
        String type = came.getOrDefault("Content-Type", List.of("none")).get(0);
        JsonNode media = response.path("content").path(type);
        if (media.isMissingNode()) {
            throw new AssertionError(where + " is described without the type " + type);
        }
        if (type.endsWith("json")) {
            checkBody(where + " " + type, media.path("schema"), body);
        }
    }

    /** The statuses that are described, by path. */
    static Map<String, Set<Integer>> statuses() {
        Map<String, Set<Integer>> all = new TreeMap<>();
        DOCUMENT.path("paths")
                .fields()
                .forEachRemaining(
                        path -> {
                            Set<Integer> statuses = new HashSet<>();
                            responses(path.getValue())
                                    .forEachRemaining(
                                            status -> statuses.add(Integer.valueOf(status)));
                            all.put(path.getKey(), statuses);
                        });
        return all;
    }

    private static Iterator<String> responses(JsonNode path) {
        return path.path("get").path("responses").fieldNames();
    }

    /** The path of the description that a request target is one of; null for none. */
    static String path(String target) {
        String asked = target.split("[?]", 2)[0];
        for (Iterator<String> paths = DOCUMENT.path("paths").fieldNames(); paths.hasNext(); ) {
            String path = paths.next();
            // A segment of dots is no id but a way through the path.
            String segment = "(?!(?i:[.]|%2e)+(?:/|\\$))[^/]+";
            String pattern = path.replace(".", "[.]").replaceAll("\\{[^}]+}", segment);
            if (asked.matches(pattern)) {
                return path;
            }
        }
        return null;
    }

    private static JsonNode described(String path, int status, String where) {
        JsonNode responses = DOCUMENT.path("paths").path(path).path("get").path("responses");
        JsonNode response = resolved(responses.path(Integer.toString(status)));
        if (response.isMissingNode()) {
            throw new AssertionError(where + " is not described");
        }
        return response;
    }

    private static void checkHeaders(
            String where, JsonNode described, Map<String, List<String>> came) {
        Set<String> known = new HashSet<>(OF_HTTP);
        described
                .fields()
                .forEachRemaining(
                        header -> {
                            known.add(header.getKey().toLowerCase(Locale.ROOT));
                            checkHeader(
                                    where + " " + header.getKey(),
                                    resolved(header.getValue()),
                                    came.get(header.getKey()));
                        });
        for (String name : came.keySet()) {
            if (!known.contains(name.toLowerCase(Locale.ROOT))) {
                throw new AssertionError(where + " is described without the header " + name);
            }
        }
    }

    private static void checkHeader(String where, JsonNode header, List<String> values) {
        if (values == null) {
            if (header.path("required").asBoolean()) {
                throw new AssertionError(where + " is described as always there");
            }
            return;
        }
        JsonNode schema = header.path("schema");
        String value = String.join(", ", values);
        JsonNode node =
                schema.path("type").asText().equals("integer")
                        ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                        : JsonNodeFactory.instance.textNode(value);
        Schemas.require(SCHEMAS.computeIfAbsent(where, unused -> Schemas.compile(schema)), node);
    }

    private static void checkBody(String where, JsonNode schema, byte[] body) {
        if (schema.path("$ref").asText().equals("order.schema.json")) {
            Schemas.checkOrder(body);
        } else {
            Schemas.require(
                    SCHEMAS.computeIfAbsent(where, unused -> compile(schema)), Schemas.parse(body));
        }
    }

    /** A schema of the description, with the other schemas that it may refer to within reach. */
    private static JsonSchema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.path("components"));
        String problem = Schemas.closed(Schemas.json("problem.schema.json")).toString();
        String text = whole.toString().replace("{\"$ref\":\"problem.schema.json\"}", problem);
        return Schemas.compile(Schemas.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? DOCUMENT.at(reference.substring(1)) : node;
    }
}
