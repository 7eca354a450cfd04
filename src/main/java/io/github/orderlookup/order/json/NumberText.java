package io.github.orderlookup.order.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A JSON number as the text it was written in; it is written in the same text again.
 *
 * <p>A number is only computed with when it has at most {@value #MAX_LENGTH} characters and its
 * scale is at most {@value #MAX_SCALE} either way: {@code 1e1000000} is a short text and a number
 * of a million digits. Of others, {@link #decimalValue()} and {@link #bigIntegerValue()} throw
 * {@link ArithmeticException}, and the primitive values are those of the nearest {@code double}.
 */
final class NumberText extends NumericNode {

    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_SCALE = 1_000;
    private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String text;

    /**
     * @param text a number as JSON writes it
     */
    NumberText(String text) {
        this.text = text;
    }

    /** The exact value; empty for a number too large to compute with. */
    Optional<BigDecimal> decimal() {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text))
                    .filter(value -> value.scale() >= -MAX_SCALE && value.scale() <= MAX_SCALE);
        } catch (NumberFormatException e) { // an exponent beyond int
            return Optional.empty();
        }
    }

    @Override
    public JsonToken asToken() {
        return isPlainInteger() ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public NumberType numberType() {
        if (!isPlainInteger()) {
            return NumberType.BIG_DECIMAL;
        }
        if (canConvertToInt()) {
            return NumberType.INT;
        }
        return canConvertToLong() ? NumberType.LONG : NumberType.BIG_INTEGER;
    }

    @Override
    public boolean isIntegralNumber() {
        return isPlainInteger();
    }

    @Override
    public boolean isFloatingPointNumber() {
        return !isPlainInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return isBetween(MIN_INT, MAX_INT);
    }

    @Override
    public boolean canConvertToLong() {
        return isBetween(MIN_LONG, MAX_LONG);
    }

    @Override
    public boolean canConvertToExactIntegral() {
        return decimal().filter(value -> value.stripTrailingZeros().scale() <= 0).isPresent();
    }

    /** The usual Java type where its text is this text, else a number that keeps the text. */
    @Override
    public Number numberValue() {
        Number usual =
                switch (numberType()) {
                    case INT -> intValue();
                    case LONG -> longValue();
                    case BIG_INTEGER ->
                            decimal()
                                    .<Number>map(BigDecimal::toBigInteger)
                                    .orElseGet(this::doubleValue);
                    default -> decimal().<Number>map(value -> value).orElseGet(this::doubleValue);
                };
        return usual.toString().equals(text) ? usual : new ExactNumber(this);
    }

    @Override
    public short shortValue() {
        return (short) intValue();
    }

    @Override
    public int intValue() {
        return (int) longValue();
    }

    @Override
    public long longValue() {
        return decimal().map(BigDecimal::longValue).orElseGet(() -> (long) doubleValue());
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public BigDecimal decimalValue() {
        return decimal()
                .orElseThrow(() -> new ArithmeticException("Number too large to compute with"));
    }

    @Override
    public BigInteger bigIntegerValue() {
        return decimalValue().toBigInteger();
    }

    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(text);
    }

    /** The same text: {@code 1.0} and {@code 1.00} differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NumberText number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private boolean isPlainInteger() {
        return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }

    private boolean isBetween(BigDecimal least, BigDecimal most) {
        return decimal()
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
                .isPresent();
    }

    private static final class ExactNumber extends Number {

        private static final long serialVersionUID = 1L;
        private final NumberText number;

        ExactNumber(NumberText number) {
            this.number = number;
        }

        @Override
        public int intValue() {
            return number.intValue();
        }

        @Override
        public long longValue() {
            return number.longValue();
        }

        @Override
        public float floatValue() {
            return number.floatValue();
        }

        @Override
        public double doubleValue() {
            return number.doubleValue();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ExactNumber exact && exact.number.equals(number);
        }

        @Override
        public int hashCode() {
            return number.hashCode();
        }

        @Override
        public String toString() {
            return number.asText();
        }
    }
}
