package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.order.Order;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.Test;

/** A lookup whose caller is gone, among others. */
class CancelledLookupTest {

    @Test
    void endsItsWaitAtOnceWithoutACall() {
        Seen seen = new Seen();
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-in-flight", "1")
                        .bean("a-strategy-of-the-host", seen)
                        .start()) {
            CompletableFuture<Object> underWay = host.outcomeLater(request("delay-1500"));
            await().until(() -> host.simulator().apiLog().size() == 1);
            CompletableFuture<Object> gone = host.outcomeLater(request("order--gone"));
            CompletableFuture<Object> next = host.outcomeLater(request("order--next"));
            await().until(() -> seen.lookups.size() == 3);

            seen.lookups.get("order--gone").cancel();

            assertThat(gone.join()).isInstanceOf(Problem.class);
            assertThat(underWay).isNotDone();
            assertThat(underWay.join()).isInstanceOf(Order.class);
            assertThat(next.join()).isInstanceOf(Order.class);
            assertThat(host.simulator().apiLog().forOrder("order--gone")).isEmpty();
        }
    }

    @Test
    void endsAfterTheCallThatIsUnderWayAndGivesItsSlotBack() {
        Seen seen = new Seen();
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-in-flight", "1")
                        .bean("a-strategy-of-the-host", seen)
                        .start()) {
            CompletableFuture<Object> gone = host.outcomeLater(request("delay-1500"));
            await().until(() -> host.simulator().apiLog().size() == 1);

            seen.lookups.get("delay-1500").cancel();

            assertThat(gone.join()).isInstanceOf(Problem.class);
            assertThat(host.outcome("order--next")).isInstanceOf(Order.class);
        }
    }

    private static Map<String, String> request(String orderId) {
        return Map.of("customerId", UUID.randomUUID().toString(), "orderId", orderId);
    }

    /** The lookups that have come to the step at which they acquire their permit. */
    private static final class Seen implements InterceptStrategy {

        private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, Processor next) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    if ("acquire-permit".equals(definition.getId())) {
                        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
                        lookups.put(lookup.request().orElseThrow().orderId(), lookup);
                    }
                    return super.process(exchange, callback);
                }
            };
        }
    }
}
