package io.github.orderlookup.partnercenter;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.Limiters;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AcquirePermitTest {

    private final ManualTime time = new ManualTime();
    private final CallLimiter limiter = Limiters.limiter(1, 0, time);
    private final AcquirePermit step =
            new AcquirePermit(limiter, time.clock(), Duration.ofMinutes(2), false);

    @Test
    void tellsWhatALookupWaitsForAsLongAsItWaits() {
        Exchange first = exchange(Source.KAFKA);
        Exchange second = exchange(Source.KAFKA);
        step.process(first, doneSync -> {});

        step.process(second, doneSync -> {});

        assertThat(lookup(first).waitReason()).isEmpty();
        assertThat(lookup(second).waitReason()).hasValue("a permit to call");
        CallUnderWay.in(first).release();
        assertThat(lookup(second).waitReason()).isEmpty();
    }

    @Test
    void endsTheWaitOfALookupThatIsCancelled() {
        step.process(exchange(Source.KAFKA), doneSync -> {});
        Exchange waiting = exchange(Source.KAFKA);
        step.process(waiting, doneSync -> {});

        lookup(waiting).cancel();

        assertThat(waiting.isRouteStop()).isTrue();
        assertThat(CallUnderWay.in(waiting)).isNull();
        assertThat(limiter.stats().waiting()).isZero();
    }

    @Test
    void failsALookupOverRestThatFindsNoFreeSlot() {
        step.process(exchange(Source.KAFKA), doneSync -> {});
        Exchange refused = exchange(Source.REST);
        step.process(refused, doneSync -> {});

        time.advance(Duration.ofSeconds(1));

        assertThat(refused.getException(OrderLookupException.class).problem().type())
                .isEqualTo(ProblemType.OVERLOADED);
    }

    @Test
    void givesTheSlotBackWithTheLookup() {
        Exchange exchange = exchange(Source.KAFKA);
        step.process(exchange, doneSync -> {});

        lookup(exchange).release();

        assertThat(limiter.stats().inFlight()).isZero();
    }

    private Exchange exchange(Source source) {
        Lookup lookup = new Lookup(source, null, time.now());
        lookup.ask(new OrderLookupRequest(CUSTOMER, "order"), null);
        Exchange exchange = new DefaultExchange(new SimpleCamelContext());
        exchange.setProperty(Lookup.PROPERTY, lookup);
        return exchange;
    }

    private static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
