package io.github.orderlookup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

class LookupExchangeTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final List<String> released = new ArrayList<>();

    @Test
    void releasesTheLookupAtTheEndOfTheExchange() {
        LookupExchange.attach(exchange, lookup("first"));
        assertThat(released).isEmpty();

        end(exchange);

        assertThat(released).containsExactly("first");
    }

    @Test
    void releasesTheLookupBeforeWhenAnotherFollowsAndThatOneAtTheEnd() {
        LookupExchange.attach(exchange, lookup("first"));
        LookupExchange.replace(exchange, lookup("second"));
        assertThat(released).containsExactly("first");

        end(exchange);

        assertThat(released).containsExactly("first", "second");
    }

    /** As Camel does where one exchange goes on for another. */
    @Test
    void releasesTheLookupAtTheEndOfAnExchangeThatDoesNotKnowIt() {
        Exchange caller = new DefaultExchange(context);
        caller.setProperty(Lookup.PROPERTY, "of the caller");
        LookupExchange.attach(exchange, lookup("first"));
        LookupExchange.replace(exchange, lookup("second"));
        exchange.getExchangeExtension().handoverCompletions(caller);

        end(caller);

        assertThat(released).containsExactly("first", "second");
    }

    private Lookup lookup(String name) {
        Lookup lookup = new Lookup(Source.CAMEL, null, Instant.EPOCH);
        lookup.hold(() -> released.add(name));
        return lookup;
    }

    private static void end(Exchange exchange) {
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
    }
}
