package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stopping a host ends the lookups that wait, and lets those under way end by themselves. */
class HostStopTest {

    @Test
    void endsWaitingLookupsWithAProblemAndFast() {
        try (EmbeddedHost host =
                EmbeddedHost.builder().setting("order-lookup.max-in-flight", "1").start()) {
            String throttled = UUID.randomUUID().toString();
            List<CompletableFuture<Object>> waiting = new ArrayList<>();
            waiting.add(host.outcomeLater(new OrderLookupRequest(throttled, "throttled-100-once")));
            await().until(() -> host.simulator().apiLog().size() == 1);
            CompletableFuture<Object> underWay = host.outcomeLater(request("delay-1500"));
            await().until(() -> host.simulator().apiLog().size() == 2);
            IntStream.range(0, 5)
                    .mapToObj(n -> host.outcomeLater(request("order--waits-" + n)))
                    .forEach(waiting::add);
            IntStream.range(0, 3)
                    .mapToObj(n -> new OrderLookupRequest(throttled, "order--paused-" + n))
                    .map(host::outcomeLater)
                    .forEach(waiting::add);
            await().until(() -> lookups(host) == 10);
            Instant start = Instant.now();

            host.context().stop();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(waiting)
                    .allSatisfy(
                            outcome ->
                                    assertThat(outcome)
                                            .succeedsWithin(Duration.ofSeconds(5))
                                            .isInstanceOf(Problem.class));
            assertThat(underWay).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Order.class);
            assertThat(host.simulator().apiLog().size()).isEqualTo(2);
        }
    }

    private static int lookups(EmbeddedHost host) {
        return host.context().getInflightRepository().size("order-lookup");
    }

    private static OrderLookupRequest request(String orderId) {
        return new OrderLookupRequest(UUID.randomUUID().toString(), orderId);
    }
}
