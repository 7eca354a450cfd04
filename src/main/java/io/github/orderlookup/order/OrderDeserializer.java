package io.github.orderlookup.order;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the document of an {@link Order}: numbers as their text, no member twice. */
final class OrderDeserializer extends StdDeserializer<Order> {

    private static final long serialVersionUID = 1L;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    OrderDeserializer() {
        super(Order.class);
    }

    @Override
    public Order deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw mismatch(parser, "The document is not an object");
        }
        Optional<DocumentText> text = DocumentText.of(parser);
        return new Order(object(parser), text.orElse(null));
    }

    /** A member of another document may be null; a whole document may not. */
    @Override
    public @Nullable Order getNullValue(DeserializationContext context)
            throws JsonMappingException {
        JsonParser parser = context.getParser();
        if (parser != null && parser.getParsingContext().inRoot()) {
            throw mismatch(parser, "The document is null, not an object");
        }
        return null;
    }

    private static JsonNode node(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw mismatch(parser, "The document holds a value that JSON does not know");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw mismatch(parser, "The document has a member twice");
            }
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

    private static JsonNode number(JsonParser parser) throws IOException {
        if (parser.isNaN()) {
            throw mismatch(parser, "The document holds a number that JSON does not know");
        }
        return new NumberText(parser.getText());
    }

    private static MismatchedInputException mismatch(JsonParser parser, String message) {
        return MismatchedInputException.from(parser, Order.class, message);
    }
}
