package io.github.orderlookup.cli;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\"}",
                "{\"lineItems\":[{}]}",
                "{\"attributes\":{\"objectType\":\"Order\"}}"
            })
    void printsAnOrder(String document) {
        assertThat(lookUp(document)).isZero();
        assertThat(out.toString(UTF_8)).isEqualToIgnoringNewLines(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"ok\"}"})
    void failsForAnObjectWithNothingOfAnOrder(String document) {
        assertThat(lookUp(document)).isEqualTo(ExitCode.FAILED);
        assertThat(out.size()).isZero();
        assertThat(err.toString(UTF_8))
                .contains("invalid-upstream-response", "partner-center.api-url", CUSTOMER);
    }

    @Test
    void printsNothingThatSteersATerminal() {
        assertThat(lookUp("{\"id\":\"a\",\"x\":\"\u009b31m\u202e\"}")).isZero();
        assertThat(out.toString(UTF_8)).contains("\\u009b31m\\u202e").doesNotContain("\u202e");
    }

    private int lookUp(String document) {
        return Commands.run(
                new FixedAnswer(document),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "lookup",
                CUSTOMER,
                "a");
    }

    /** Finds one document whatever is asked. */
    private record FixedAnswer(String document) implements Application {

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Settings settings() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Settings settingsForSignIn() {
            throw new AssertionError();
        }

        @Override
        public Properties kafkaConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Order lookUp(OrderLookupRequest request) {
            try {
                return OrderJson.read(document.getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
