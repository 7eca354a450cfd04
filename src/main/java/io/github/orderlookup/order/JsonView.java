package io.github.orderlookup.order;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A typed view over one JSON object. A member that is absent, null or of another JSON type than
 * documented reads as absent; what is in the document stays there all the same.
 *
 * <p>Immutable and thread-safe: the object is never changed and never handed out. Two views are
 * equal when they are of the same class and their documents are: same members, in any order, with
 * the same texts, numbers included.
 */
@JsonSerialize(using = JsonView.Serializer.class)
abstract class JsonView {

    private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final ObjectNode document;

    JsonView(ObjectNode document) {
        this.document = document;
    }

    /**
     * The whole JSON object, unknown members included, as a copy of the caller's own. Numbers keep
     * their text when they are written; of a number with more than 1,000 characters or a scale
     * beyond 1,000, {@code decimalValue()} and {@code bigIntegerValue()} throw {@link
     * ArithmeticException}.
     */
    public final JsonNode json() {
        return document.deepCopy();
    }

    /** Whether the member is there with a value, of whatever type. */
    final boolean names(String member) {
        return document.hasNonNull(member);
    }

    final Optional<String> text(String member) {
        return value(member, JsonNode::isTextual).map(JsonNode::textValue);
    }

    final <T> Optional<T> text(String member, Function<String, T> type) {
        return text(member).map(type);
    }

    final Optional<Boolean> flag(String member) {
        return value(member, JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    final Optional<BigDecimal> decimal(String member) {
        return value(member, NumberText.class::isInstance)
                .flatMap(number -> ((NumberText) number).decimal());
    }

    /** Empty as well for a number that is no int: a fraction, or too large. */
    final OptionalInt integer(String member) {
        return decimal(member)
                .filter(value -> value.compareTo(MIN_INT) >= 0 && value.compareTo(MAX_INT) <= 0)
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .map(value -> OptionalInt.of(value.intValue()))
                .orElseGet(OptionalInt::empty);
    }

    final <T> Optional<T> object(String member, Function<ObjectNode, T> view) {
        return value(member, JsonNode::isObject).map(ObjectNode.class::cast).map(view);
    }

    /** The objects of an array; elements of another type are left out. */
    final <T> List<T> objects(String member, Function<ObjectNode, T> view) {
        return elements(member)
                .filter(JsonNode::isObject)
                .map(element -> view.apply((ObjectNode) element))
                .toList();
    }

    /** The texts of an array; elements of another type are left out. */
    final List<String> texts(String member) {
        return elements(member).filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
    }

    /** The texts of an object by name; members of another type are left out. */
    final Map<String, String> textsByName(String member) {
        return value(member, JsonNode::isObject).stream()
                .flatMap(object -> object.properties().stream())
                .filter(property -> property.getValue().isTextual())
                .collect(
                        Collectors.toUnmodifiableMap(
                                Entry::getKey, property -> property.getValue().textValue()));
    }

    private Optional<JsonNode> value(String member, Function<JsonNode, Boolean> isExpected) {
        return Optional.ofNullable(document.get(member)).filter(isExpected::apply);
    }

    private Stream<JsonNode> elements(String member) {
        return value(member, JsonNode::isArray).stream()
                .flatMap(array -> StreamSupport.stream(array.spliterator(), false));
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
            view.document.serialize(generator, provider);
        }
    }
}
