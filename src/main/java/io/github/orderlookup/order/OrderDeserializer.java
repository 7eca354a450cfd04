package io.github.orderlookup.order;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.github.orderlookup.order.json.JsonTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the document of an {@link Order} anew from the tokens of any parser, and checks it. */
final class OrderDeserializer extends StdDeserializer<Order> {

    private static final long serialVersionUID = 1L;

    OrderDeserializer() {
        super(Order.class);
    }

    @Override
    public Order deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw mismatch(parser, "The document is not an object");
        }
        return OrderJson.of(JsonTree.bytes(parser));
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

    private static MismatchedInputException mismatch(JsonParser parser, String message) {
        return MismatchedInputException.from(parser, Order.class, message);
    }
}
