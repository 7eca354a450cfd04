package io.github.orderlookup.classification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.orderlookup.order.json.ForeignJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that distinguish a service error, a collection and an Order. Names
 * compare without case, since ASP.NET writes {@code Message}; of two that differ in case alone the
 * first counts, unless a later one is spelled as documented. Null counts as absent.
 *
 * <p>Reads token by token: what is not asked for takes no memory. Immutable.
 */
final class ErrorMembers {

    private static final Set<String> OF_ORDERS = Set.of("id", "lineItems");
    private static final Map<String, String> KNOWN =
            byLowerCase(
                    "attributes",
                    "code",
                    "data",
                    "description",
                    "error",
                    "error_description",
                    "errorCode",
                    "errorMessage",
                    "errorName",
                    "exceptionMessage",
                    "id",
                    "isRetryable",
                    "items",
                    "lineItems",
                    "message",
                    "messageDetail",
                    "objectType",
                    "source",
                    "statusCode",
                    "totalCount");

    private static final List<byte[]> FIRST_ID =
            Stream.of("{", "\"id\"", ":", "\"")
                    .map(token -> token.getBytes(StandardCharsets.US_ASCII))
                    .toList();

    private static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON = ForeignJson.builder(MAX_DEPTH).build();

    /** By documented name: a text or number as text, a boolean, an object's members, or a token. */
    private final Map<String, Object> values;

    private ErrorMembers(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The members of an object.
     *
     * @param utf8 bytes that are no UTF-8 read as the replacement character
     * @param from where the object starts
     * @param to where to stop reading
     * @return empty when this is no object or no JSON, unless it is cut short by {@code to}
     */
    static Optional<ErrorMembers> read(byte[] utf8, int from, int to) {
        Map<String, Object> values = new HashMap<>();
        try (JsonParser parser = parser(utf8, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            collect(parser, values);
            return Optional.of(new ErrorMembers(values));
        } catch (JsonProcessingException e) {
            return to < utf8.length ? Optional.of(new ErrorMembers(values)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * The members of an object that is evidently no Order.
     *
     * @return empty when it may be an Order, or is no object; most Orders are known by their first
     *     member, and nothing after it is read
     */
    static Optional<ErrorMembers> readUnlessOrder(byte[] utf8, int from) {
        if (beginsWithId(utf8, from)) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(utf8, from, utf8.length - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                collectOne(parser, values);
                if (OF_ORDERS.stream().anyMatch(values::containsKey)) {
                    return Optional.empty();
                }
            }
            ErrorMembers members = new ErrorMembers(values);
            return members.isEvidentlyNoOrder() ? Optional.of(members) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** Whether the first member is an id of text: no parser is needed then. */
    private static boolean beginsWithId(byte[] utf8, int from) {
        int at = from;
        for (byte[] token : FIRST_ID) {
            while (at < utf8.length && isWhiteSpace(utf8[at])) {
                at++;
            }
            int end = Math.min(utf8.length, at + token.length);
            if (!Arrays.equals(utf8, at, end, token, 0, token.length)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    static boolean isWhiteSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    private boolean isEvidentlyNoOrder() {
        boolean isOrder =
                object("attributes").flatMap(attributes -> attributes.text("objectType")).stream()
                        .anyMatch("Order"::equalsIgnoreCase);
        return !isOrder && (isServiceError() || has("items") || has("totalCount"));
    }

    private boolean isServiceError() {
        return has("code")
                || has("statusCode")
                || has("error")
                || has("errorCode")
                || has("errorName")
                || has("message")
                || has("exceptionMessage");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A text or a number, as text. */
    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Boolean> flag(String name) {
        return values.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    Optional<ErrorMembers> object(String name) {
        return values.get(name) instanceof ErrorMembers object
                ? Optional.of(object)
                : Optional.empty();
    }

    private static void collect(JsonParser parser, Map<String, Object> values) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            collectOne(parser, values);
        }
    }

    private static void collectOne(JsonParser parser, Map<String, Object> values)
            throws IOException {
        String name = parser.currentName();
        String known = KNOWN.get(name.toLowerCase(Locale.ROOT));
        JsonToken token = parser.nextToken();
        if (known == null || (values.containsKey(known) && !known.equals(name))) {
            parser.skipChildren();
            return;
        }
        Object value = value(parser, token, known);
        if (value != null) {
            values.put(known, value);
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, String name)
            throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
            case START_OBJECT -> object(parser, name);
            default -> {
                parser.skipChildren();
                yield token;
            }
        };
    }

    private static Object object(JsonParser parser, String name) throws IOException {
        if (!name.equals("error") && !name.equals("attributes")) {
            parser.skipChildren();
            return JsonToken.START_OBJECT;
        }
        Map<String, Object> values = new HashMap<>();
        collect(parser, values);
        return new ErrorMembers(values);
    }

    private static JsonParser parser(byte[] utf8, int from, int to) throws IOException {
        return JSON.createParser(
                new InputStreamReader(
                        new ByteArrayInputStream(utf8, from, to - from), StandardCharsets.UTF_8));
    }

    private static Map<String, String> byLowerCase(String... names) {
        Map<String, String> known = new HashMap<>();
        for (String name : names) {
            known.put(name.toLowerCase(Locale.ROOT), name);
        }
        return Map.copyOf(known);
    }
}
