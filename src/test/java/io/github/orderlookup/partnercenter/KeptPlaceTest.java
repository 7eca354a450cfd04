package io.github.orderlookup.partnercenter;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.partnercenter.SimulatedCalls.Surroundings;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/**
 * A lookup that gives its slot back for want of a token keeps its place in the queue: the lookup
 * that has waited longest is called for first once there is a token.
 */
class KeptPlaceTest {

    /** For the exchanges; it is never started. */
    private final CamelContext context = new SimpleCamelContext();

    private final ManualTime time = new ManualTime();
    private final List<String> called = new ArrayList<>();
    private CompletableFuture<String> token = new CompletableFuture<>();

    @Test
    void isKeptWhileTheFirstTokenTakesLong() {
        SimulatedCalls calls = calls(2);
        Stream.of("a", "b", "c", "d").forEach(order -> ask(calls, order));
        time.advance(Duration.ZERO);
        assertThat(called).isEmpty();

        token.complete("token");
        time.advance(Duration.ZERO);

        assertThat(called).containsExactly("a", "b");
    }

    @Test
    void isKeptWhenNoTokenCanBeHad() {
        SimulatedCalls calls = calls(2);
        token.completeExceptionally(SimulatedCalls.loginDown());
        Stream.of("a", "b", "c", "d").forEach(order -> ask(calls, order));
        time.advance(Duration.ZERO);

        token = CompletableFuture.completedFuture("token");
        time.advance(Duration.ofMinutes(1));

        assertThat(called).containsExactly("a", "b");
    }

    @Test
    void isKeptThoughAnotherLookupOfTheOrderWaitsFurtherBehind() {
        SimulatedCalls calls = calls(1);
        Stream.of("a", "b", "a").forEach(order -> ask(calls, order));
        time.advance(Duration.ZERO);

        token.complete("token");
        time.advance(Duration.ZERO);

        assertThat(called).containsExactly("a");
    }

    /** Calls that begin, once there is a token, and do not end. */
    private SimulatedCalls calls(int slots) {
        Surroundings around =
                new Surroundings(
                        slots,
                        0,
                        5,
                        Duration.ofMinutes(2),
                        1_000_000,
                        time.clock(),
                        time.clock(),
                        time.timer(),
                        time.timer(),
                        (where, thrown) -> {
                            throw new AssertionError(where, thrown);
                        },
                        new Random(1));
        return new SimulatedCalls(
                around, () -> token, (exchange, answered) -> called.add(asked(exchange).orderId()));
    }

    private void ask(SimulatedCalls calls, String order) {
        Lookup lookup = new Lookup(Source.KAFKA, null, time.now());
        lookup.ask(new OrderLookupRequest(CUSTOMER, order), null);
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(Lookup.PROPERTY, lookup);
        calls.run(exchange, over -> {});
    }

    private static OrderLookupRequest asked(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class).request().orElseThrow();
    }
}
