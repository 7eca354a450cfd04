package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.order.Order;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups of one order that wait for the only call slot share one call. */
class SharedCallTest {

    private static final int LOOKUPS = 20;

    private final String customer = UUID.randomUUID().toString();
    private EmbeddedHost host;

    @BeforeEach
    void start() {
        host = EmbeddedHost.builder().setting("order-lookup.max-in-flight", "1").start();
        host.outcome("order--warm");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givesEachTheOrderOfTheOneCall() {
        CompletableFuture<Object> occupant = occupyTheSlot();

        List<CompletableFuture<Object>> outcomes = askTogether("order--same");

        assertThat(occupant.join()).isInstanceOf(Order.class);
        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Order.class));
        assertThat(host.simulator().apiLog().forOrder("order--same")).hasSize(1);
    }

    @Test
    void givesEachItsOwnProblem() {
        CompletableFuture<Object> occupant = occupyTheSlot();

        List<CompletableFuture<Object>> outcomes = askTogether("http-404--same");

        assertThat(occupant.join()).isInstanceOf(Order.class);
        assertThat(outcomes)
                .extracting(outcome -> ((Problem) outcome.join()).correlationId())
                .doesNotHaveDuplicates()
                .hasSize(LOOKUPS);
        assertThat(host.simulator().apiLog().forOrder("http-404--same")).hasSize(1);
    }

    private CompletableFuture<Object> occupyTheSlot() {
        CompletableFuture<Object> occupant =
                host.outcomeLater(new OrderLookupRequest(customer, "delay-3000--occupant"));
        await().until(() -> host.simulator().inFlight() == 1);
        return occupant;
    }

    private List<CompletableFuture<Object>> askTogether(String orderId) {
        return IntStream.range(0, LOOKUPS)
                .mapToObj(i -> host.outcomeLater(new OrderLookupRequest(customer, orderId)))
                .toList();
    }
}
