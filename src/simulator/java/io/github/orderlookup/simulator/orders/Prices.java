package io.github.orderlookup.simulator.orders;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Cuts out of an Order what is shown only with {@code include_price=true}: {@code totalPrice} when
 * it is a number, each line's {@code pricing} when it is an object. All other text stays as
 * written.
 */
final class Prices {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String order;
    private final StringBuilder kept = new StringBuilder();
    private int keptUntil;

    private Prices(String order) {
        this.order = order;
    }

    /**
     * @param minified a JSON object without white space between its tokens
     */
    static String cutOutOf(String minified) {
        try (JsonParser parser = FACTORY.createParser(minified.toCharArray())) {
            return new Prices(minified).cut(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String cut(JsonParser parser) throws IOException {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                cutMember(parser);
            }
        }
        return kept.append(order, keptUntil, order.length()).toString();
    }

    private void cutMember(JsonParser parser) throws IOException {
        String path = parser.getParsingContext().pathAsPointer().toString();
        int start = offset(parser);
        JsonToken value = parser.nextToken();
        if (path.equals("/totalPrice") && value.isNumeric()) {
            cut(start, offset(parser) + parser.getTextLength());
        } else if (path.matches("/lineItems/\\d+/pricing") && value == JsonToken.START_OBJECT) {
            parser.skipChildren();
            cut(start, offset(parser) + 1);
        }
    }

    /** Leaves a member out together with one of its commas. */
    private void cut(int start, int end) {
        boolean commaAfter = order.charAt(end) == ',';
        boolean commaBefore = !commaAfter && order.charAt(start - 1) == ',';
        kept.append(order, keptUntil, commaBefore ? start - 1 : start);
        keptUntil = commaAfter ? end + 1 : end;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
