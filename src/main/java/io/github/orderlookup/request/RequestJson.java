package io.github.orderlookup.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.github.orderlookup.order.json.ForeignJson;
import io.github.orderlookup.text.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the members of a request from JSON: strict in form (UTF-8, one object, no name twice,
 * nothing after it), indifferent to what unknown members hold.
 */
final class RequestJson {

    private static final int MOST_BUFFERS = 16;

    private static final Set<String> KNOWN =
            Set.of(
                    RequestReader.CUSTOMER_ID,
                    RequestReader.ORDER_ID,
                    RequestReader.DEADLINE,
                    RequestReader.UNTIL);

    /**
     * Lengths are bounded by the size of the whole request. The buffers are shared by all threads:
     * each lookup has one of its own.
     */
    private static final JsonFactory JSON =
            ForeignJson.builder(1_000)
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(MOST_BUFFERS))
                    .build();

    private RequestJson() {}

    static Map<String, @Nullable Object> members(byte[] utf8) {
        try {
            return members(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw RequestReader.invalid("The request is not UTF-8.");
        }
    }

    static Map<String, @Nullable Object> members(String text) {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = JSON.createParser(json)) {
            return members(parser);
        } catch (StreamConstraintsException e) {
            throw RequestReader.invalid("The request is nested too deeply.");
        } catch (JsonProcessingException e) {
            throw RequestReader.invalid("The request is not JSON" + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory could not be read", e);
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw RequestReader.invalid("The request is empty.");
        }
        if (first != JsonToken.START_OBJECT) {
            throw RequestReader.invalid("The request must be a JSON object.");
        }
        Map<String, @Nullable Object> members = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (members.containsKey(name)) {
                throw RequestReader.invalid(
                        (KNOWN.contains(name) ? name : "A member") + " is given twice.");
            }
            members.put(name, value(parser));
        }
        if (parser.nextToken() != null) {
            throw RequestReader.invalid("The request must end with its JSON object.");
        }
        return members;
    }

    /** A text, null, or for any other value the token that it starts with. */
    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return token == JsonToken.VALUE_NULL ? null : token;
    }

    /** What a value is, in the words of JSON. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof JsonToken token) {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                default -> "a number";
            };
        }
        if (value instanceof Number) {
            return "a number";
        }
        return value instanceof Boolean ? "a boolean" : "an object";
    }

    /** The moment that a value stands for; null when it stands for none. */
    static @Nullable Instant instant(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof ZonedDateTime dateTime) {
            return dateTime.toInstant();
        }
        return value instanceof CharSequence text
                ? Rfc3339.parse(text.toString()).orElse(null)
                : null;
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
