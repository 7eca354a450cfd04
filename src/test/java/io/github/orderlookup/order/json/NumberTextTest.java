package io.github.orderlookup.order.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, INT, true, true, true",
        "-2147483648, INT, true, true, true",
        "2147483648, LONG, false, true, true",
        "9223372036854775807, LONG, false, true, true",
        "9223372036854775808, BIG_INTEGER, false, false, true",
        "1.0, BIG_DECIMAL, true, true, true",
        "1e2, BIG_DECIMAL, true, true, true",
        "1.5, BIG_DECIMAL, true, true, false",
        "1e1000000, BIG_DECIMAL, false, false, false"
    })
    @Timeout(5)
    void knowsWhichTypesHoldIt(
            String text, NumberType type, boolean isInt, boolean isLong, boolean isIntegral) {
        NumberText number = new NumberText(text);

        assertThat(number.numberType()).isEqualTo(type);
        assertThat(number.canConvertToInt()).isEqualTo(isInt);
        assertThat(number.canConvertToLong()).isEqualTo(isLong);
        assertThat(number.canConvertToExactIntegral()).isEqualTo(isIntegral);
        assertThat(number.isIntegralNumber()).isNotEqualTo(number.isFloatingPointNumber());
        assertThat(number.isNumber()).isTrue();
    }

    @Test
    void givesTheUsualTypesWhereTheySayTheSame() {
        assertThat(new NumberText("7").numberValue()).isEqualTo(7);
        assertThat(new NumberText("2147483648").numberValue()).isEqualTo(2147483648L);
        assertThat(new NumberText("9223372036854775808").numberValue())
                .isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(new NumberText("1.10").numberValue()).isEqualTo(new BigDecimal("1.10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "1e5", "1e1000000", "-1e99999999999999999999", "1e-400"})
    @Timeout(5)
    void givesANumberWithItsTextElsewhere(String text) {
        NumberText number = new NumberText(text);

        assertThat(number.numberValue())
                .hasToString(text)
                .isEqualTo(new NumberText(text).numberValue());
        assertThat(number.numberValue().doubleValue()).isEqualTo(Double.parseDouble(text));
        assertThat(number.numberValue().intValue()).isEqualTo(number.intValue());
    }

    @Test
    void computesWithWhatIsSmall() {
        NumberText number = new NumberText("1234567890123456.789012345");

        assertThat(number.decimalValue()).isEqualTo("1234567890123456.789012345");
        assertThat(number.bigIntegerValue()).isEqualTo(1234567890123456L);
        assertThat(number.longValue()).isEqualTo(1234567890123456L);
        assertThat(number.doubleValue()).isEqualTo(1234567890123456.789012345);
        assertThat(number.floatValue()).isEqualTo(1.23456789E15f);
        assertThat(new NumberText("258").shortValue()).isEqualTo((short) 258);
        assertThat(new NumberText("1.10").asText()).isEqualTo("1.10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e1000000", "1e2147483647", "1e-2147483647", "1e9999999999", "-1e1001"})
    @Timeout(5)
    void refusesToComputeWithWhatIsLarge(String text) {
        NumberText number = new NumberText(text);

        assertThatThrownBy(number::decimalValue).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(number::bigIntegerValue).isInstanceOf(ArithmeticException.class);
        assertThat(number.doubleValue()).isEqualTo(Double.parseDouble(text));
        assertThat(number.longValue()).isEqualTo((long) Double.parseDouble(text));
    }
}
