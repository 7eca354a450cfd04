package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.order.Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Between the bytes of a document and the trees and token streams of Jackson, without loss. */
public final class JsonTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Documents are checked already: nothing is limited. */
    private static final JsonFactory READ = ForeignJson.builder(Integer.MAX_VALUE).build();

    /** As ASCII, since half a surrogate pair has no form in UTF-8 but its escape. */
    private static final JsonFactory WRITE =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonTree() {}

    /** What is done with a parser that stands at the first token of a value. */
    private interface Reading<T> {
        T of(JsonParser parser) throws IOException;
    }

    /** The value as a tree; numbers keep their text. */
    static JsonNode tree(JsonValue value) {
        return read(value, JsonTree::node);
    }

    /** Writes the tokens of a value. */
    static void write(JsonValue value, JsonGenerator generator) throws IOException {
        try (JsonParser parser = parser(value)) {
            parser.nextToken();
            copy(parser, generator);
        }
    }

    /** The JSON text of the object that a parser of any kind stands at; not yet checked. */
    public static byte[] bytes(JsonParser parser) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = WRITE.createGenerator(bytes)) {
            copy(parser, generator);
        }
        return bytes.toByteArray();
    }

    /** Whether two values are the same: members in any order, numbers in the same text. */
    static boolean isSame(JsonValue one, JsonValue other) {
        return one.isSameText(other) || (hash(one) == hash(other) && tree(one).equals(tree(other)));
    }

    static int hash(JsonValue value) {
        return read(value, JsonTree::hash);
    }

    private static <T> T read(JsonValue value, Reading<T> reading) {
        try (JsonParser parser = parser(value)) {
            parser.nextToken();
            return reading.of(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** By way of characters: Jackson's parser for bytes fails on names with escaped surrogates. */
    private static JsonParser parser(JsonValue value) throws IOException {
        return READ.createParser(
                new InputStreamReader(
                        new ByteArrayInputStream(value.document(), value.offset(), value.length()),
                        StandardCharsets.UTF_8));
    }

    private static JsonNode node(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberText(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, node(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }

    /** Of an object, the sum over its members: their order does not matter. */
    private static int hash(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                int sum = 1;
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    int name = parser.currentName().hashCode();
                    parser.nextToken();
                    sum += 31 * name ^ hash(parser);
                }
                yield sum;
            }
            case START_ARRAY -> {
                int hash = 2;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    hash = 31 * hash + hash(parser);
                }
                yield hash;
            }
            default -> parser.getText().hashCode();
        };
    }

    private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                generator.writeStartObject();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    generator.writeFieldName(parser.currentName());
                    parser.nextToken();
                    copy(parser, generator);
                }
                generator.writeEndObject();
            }
            case START_ARRAY -> {
                generator.writeStartArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    copy(parser, generator);
                }
                generator.writeEndArray();
            }
            case VALUE_STRING -> generator.writeString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copyNumber(parser, generator);
            case VALUE_TRUE, VALUE_FALSE ->
                    generator.writeBoolean(parser.currentToken() == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> generator.writeNull();
            default -> throw mismatch(parser, "The document holds a value that JSON does not know");
        }
    }

    private static void copyNumber(JsonParser parser, JsonGenerator generator) throws IOException {
        if (parser.isNaN()) {
            throw mismatch(parser, "The document holds a number that JSON does not know");
        }
        generator.writeNumber(parser.getText());
    }

    private static MismatchedInputException mismatch(JsonParser parser, String message) {
        return MismatchedInputException.from(parser, Order.class, message);
    }
}
