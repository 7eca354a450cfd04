package io.github.orderlookup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateRequestTest {

    private static final Instant MONOTONIC = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration ALLOWANCE = Duration.ofMinutes(2);

    /** The wall clock is ahead of the other by what it was set since the start. */
    @ParameterizedTest
    @ValueSource(ints = {-3_600, 0, 3_600})
    void takesADeadlineByTheWallClockAsItStandsWhenTheRequestArrives(int stepSeconds) {
        Instant wall = MONOTONIC.plusSeconds(stepSeconds);
        ValidateRequest open =
                new ValidateRequest(Tracing.OFF, fixed(MONOTONIC), fixed(wall), true);

        Lookup lookup = open(open, wall.plusSeconds(10));

        assertThat(lookup.ownDeadline()).contains(MONOTONIC.plusSeconds(10));
        assertThat(lookup.deadline(ALLOWANCE)).contains(MONOTONIC.plusSeconds(10));
        assertThat(lookup.arrived()).isEqualTo(MONOTONIC);
    }

    private static Lookup open(ValidateRequest open, Instant deadline) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage()
                .setBody(
                        Map.of(
                                "customerId", "4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04",
                                "orderId", "o-1",
                                "deadline", deadline.toString()));
        open.open(exchange);
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }

    private static Clock fixed(Instant moment) {
        return Clock.fixed(moment, ZoneOffset.UTC);
    }
}
