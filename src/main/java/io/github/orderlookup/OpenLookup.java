package io.github.orderlookup;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Lookup.Door;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.RequestReader;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.route.LookupExchange;
import java.time.Clock;
import org.apache.camel.Exchange;

/**
 * Reads what is asked, whoever asks.
 *
 * <p>The Kafka and the REST door have opened the lookup already and may have refused it; a caller
 * at {@code direct:order-lookup} has not, and its header {@code MS-CorrelationId} is kept if it is
 * a GUID.
 */
final class OpenLookup {

    private final Tracing tracing;
    private final Clock clock;

    OpenLookup(Tracing tracing, Clock clock) {
        this.tracing = tracing;
        this.clock = clock;
    }

    /** Notes what is asked, in the lookup of the exchange. A step for beans: errors stay inside. */
    void open(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup == null) {
            Object correlationId = exchange.getMessage().getHeader("MS-CorrelationId");
            lookup =
                    new Lookup(
                            Door.CAMEL,
                            correlationId instanceof String text ? text : null,
                            clock.instant());
            lookup.trace(
                    tracing.begin(
                            Kind.INTERNAL,
                            "order-lookup",
                            name -> exchange.getMessage().getHeader(name, String.class)));
            LookupExchange.attach(exchange, lookup);
        }
        lookup.refusal()
                .ifPresent(
                        problem -> {
                            throw new OrderLookupException(problem);
                        });
        lookup.ask(RequestReader.read(exchange.getMessage().getBody()));
    }
}
