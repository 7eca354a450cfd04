package io.github.orderlookup.simulator.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1e1000000}|{\"a\":1e1000000}",
                "{\"a\":1,\"totalPrice\":1.50}|{\"a\":1}",
                "{\"totalPrice\":1E+5,\"a\":1}|{\"a\":1}",
                "{\"totalPrice\":-0}|{}",
                "{\"totalPrice\":null,\"x\":{\"totalPrice\":1}}|{\"totalPrice\":null,\"x\":{\"totalPrice\":1}}",
                "{\"lineItems\":[null,{\"é\":1,\"pricing\":{\"p\":{}}},{\"pricing\":{},\"b\":2},{\"pricing\":[]}]}"
                        + "|{\"lineItems\":[null,{\"é\":1},{\"b\":2},{\"pricing\":[]}]}"
            })
    void cutsPricesOutAndLeavesTheRestAsWritten(String order, String expected) {
        assertThat(Prices.cutOutOf(order)).isEqualTo(expected);
    }
}
