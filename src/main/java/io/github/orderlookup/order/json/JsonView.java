package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A typed view over one JSON object. A member that is absent, null or of another JSON type than
 * documented reads as absent; what is in the document stays there all the same. Each accessor reads
 * its part of the bytes when it is called: keep what is needed twice.
 *
 * <p>Immutable and thread-safe: the bytes are never changed. Two views are equal when they are of
 * the same class and their documents are: same members, in any order, with the same texts, numbers
 * included.
 */
@JsonSerialize(using = JsonView.Serializer.class)
public abstract class JsonView {

    private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final JsonValue document;

    /**
     * @param document a JSON object
     */
    public JsonView(JsonValue document) {
        this.document = document;
    }

    /**
     * The whole JSON object, unknown members included, as a new tree. Numbers keep their text when
     * they are written; of a number with more than 1,000 characters or a scale beyond 1,000, {@code
     * decimalValue()} and {@code bigIntegerValue()} throw {@link ArithmeticException}. A tree takes
     * up to 40 bytes of heap for a byte of the document.
     */
    public final JsonNode json() {
        return JsonTree.tree(document);
    }

    public final JsonValue document() {
        return document;
    }

    public final Optional<String> text(String member) {
        return value(member, JsonValue::isText).map(JsonValue::text);
    }

    public final <T> Optional<T> text(String member, Function<String, T> type) {
        return text(member).map(type);
    }

    public final Optional<Boolean> flag(String member) {
        return value(member, JsonValue::isBoolean).map(JsonValue::isTrue);
    }

    public final Optional<BigDecimal> decimal(String member) {
        return value(member, JsonValue::isNumber)
                .flatMap(number -> new NumberText(number.json()).decimal());
    }

    /** Empty as well for a number that is no int: a fraction, or too large. */
    public final OptionalInt integer(String member) {
        return decimal(member)
                .filter(value -> value.compareTo(MIN_INT) >= 0 && value.compareTo(MAX_INT) <= 0)
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .map(value -> OptionalInt.of(value.intValue()))
                .orElseGet(OptionalInt::empty);
    }

    public final <T> Optional<T> object(String member, Function<JsonValue, T> view) {
        return value(member, JsonValue::isObject).map(view);
    }

    /** The objects of an array; elements of another type are left out. */
    public final <T> List<T> objects(String member, Function<JsonValue, T> view) {
        return elements(member).filter(JsonValue::isObject).map(view).toList();
    }

    /** The texts of an array; elements of another type are left out. */
    public final List<String> texts(String member) {
        return elements(member).filter(JsonValue::isText).map(JsonValue::text).toList();
    }

    /** The texts of an object by name; members of another type are left out. */
    public final Map<String, String> textsByName(String member) {
        Map<String, String> texts = new HashMap<>();
        value(member, JsonValue::isObject)
                .ifPresent(
                        object ->
                                object.eachMember(
                                        (name, value) -> {
                                            if (value.isText()) {
                                                texts.put(name.text(), value.text());
                                            }
                                            return true;
                                        }));
        return Map.copyOf(texts);
    }

    private Optional<JsonValue> value(String member, Predicate<JsonValue> isExpected) {
        return document.member(member).filter(isExpected);
    }

    private Stream<JsonValue> elements(String member) {
        return value(member, JsonValue::isArray).stream()
                .flatMap(array -> array.elements().stream());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof JsonView view
                && view.getClass() == getClass()
                && view.document.equals(document);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getClass(), document);
    }

    /** The name of the class: documents hold what does not belong into logs. */
    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    /** Writes the document as it is. */
    static final class Serializer extends StdSerializer<JsonView> {

        private static final long serialVersionUID = 1L;

        Serializer() {
            super(JsonView.class);
        }

        @Override
        public void serialize(JsonView view, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            JsonTree.write(view.document, generator);
        }
    }
}
