package io.github.orderlookup.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.OrderLookupRequest.Until;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderStatus;
import io.github.orderlookup.settle.LookSchedule;
import io.github.orderlookup.simulator.Answers;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host waits for orders to settle, with intervals of a tenth of a second. */
class SettledOrderTest {

    private static final LookSchedule FAST =
            new LookSchedule(List.of(Duration.ofMillis(100), Duration.ofMillis(200)));

    private static final String CUSTOMER = UUID.randomUUID().toString();

    private static EmbeddedHost host;

    @BeforeAll
    static void start() {
        host = EmbeddedHost.builder().bean(LookSchedule.BEAN, FAST).start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "status-pending-twice--a, 3, the order is completed",
        "unprovisioned-once--a, 2, the order is completed",
        "http-404-twice--a, 3, the order is completed",
        "status-error--a, 1, the order has failed and must be placed again",
        "throttled-1-once--a, 2, the order is completed"
    })
    void looksAgainUntilTheOrderIsSettled(String orderId, int calls, String state) {
        Exchange answered = ask(orderId, null);

        assertThat(answered.getMessage().getBody()).isInstanceOf(Order.class);
        assertThat(answered.getMessage().getHeaders())
                .containsEntry("order-lookup-settled", "true")
                .containsEntry("order-lookup-state", state);
        assertThat(host.simulator().apiLog().forOrder(orderId)).hasSize(calls);
    }

    @Test
    void readsTheStreamOfARequestOnceForAllLooks() {
        String orderId = "status-pending-twice--stream";
        String request =
                "{\"customerId\": \"%s\", \"orderId\": \"%s\", \"until\": \"settled\"}"
                        .formatted(CUSTOMER, orderId);

        Exchange answered =
                host.send(
                        EmbeddedHost.DIRECT,
                        exchange ->
                                exchange.getMessage()
                                        .setBody(
                                                new ByteArrayInputStream(request.getBytes(UTF_8))));

        assertThat(answered.getMessage().getBody()).isInstanceOf(Order.class);
        assertThat(host.simulator().apiLog().forOrder(orderId)).hasSize(3);
    }

    @Test
    void answersAtTheDeadlineWithTheOrderAsItIs() {
        Exchange answered = ask("status-pending_review--late", Instant.now().plusMillis(600));

        assertThat(answered.getMessage().getBody(Order.class).status())
                .contains(OrderStatus.PENDING_REVIEW);
        assertThat(answered.getMessage().getHeaders())
                .containsEntry("order-lookup-settled", "false")
                .containsEntry("order-lookup-state", "the order waits for its review");
    }

    @Test
    void answersWithTheLastOrderWhenTheLastLookFails() {
        host.simulator()
                .answer("order--gone", Answers.inStatus("pending"), Answers.inStatus("pending"));
        host.simulator().alwaysAnswer("order--gone", Answers.apiFault(404, "20000"));

        Exchange answered = ask("order--gone", Instant.now().plusMillis(700));

        assertThat(answered.getMessage().getBody(Order.class).status())
                .contains(OrderStatus.PENDING);
    }

    @Test
    void answersWithTheProblemWhenTheOrderWasNeverFound() {
        Exchange answered = ask("http-404--never", Instant.now().plusMillis(500));

        assertThat(EmbeddedHost.problem(answered.getException()).type())
                .isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(host.simulator().apiLog().forOrder("http-404--never")).hasSizeGreaterThan(1);
    }

    @Test
    void doesNotWaitWhenNothingWillChange() {
        Exchange answered = ask("http-403--a", null);

        assertThat(EmbeddedHost.problem(answered.getException()).type())
                .isEqualTo(ProblemType.ACCESS_DENIED);
        assertThat(host.simulator().apiLog().forOrder("http-403--a")).hasSize(1);
    }

    @Test
    void sharesTheLooksAtTheSameOrder() {
        String orderId = "status-pending--shared";
        host.simulator().latency(Duration.ofMillis(50));
        Instant deadline = Instant.now().plusSeconds(2);

        List<CompletableFuture<Object>> outcomes =
                IntStream.range(0, 10)
                        .mapToObj(i -> host.outcomeLater(request(orderId, deadline)))
                        .toList();

        assertThat(outcomes).allSatisfy(o -> assertThat(o.join()).isInstanceOf(Order.class));
        host.simulator().latency(Duration.ZERO);
        assertThat(host.simulator().apiLog().forOrder(orderId)).hasSizeLessThan(10 + 3 * 12);
    }

    @Test
    void aPlainAnswerHasNoState() {
        Exchange answered =
                host.send(
                        EmbeddedHost.DIRECT,
                        exchange ->
                                exchange.getMessage()
                                        .setBody(new OrderLookupRequest(CUSTOMER, "order--b")));

        assertThat(answered.getMessage().getHeaders())
                .doesNotContainKeys("order-lookup-settled", "order-lookup-state");
    }

    @Test
    void refusesAnotherUntil() {
        Object outcome =
                host.outcome(
                        Map.of("customerId", CUSTOMER, "orderId", "order--c", "until", "done"));

        assertThat(((Problem) outcome).detail())
                .isEqualTo("until must be \"found\" or \"settled\".");
    }

    private static Exchange ask(String orderId, @Nullable Instant deadline) {
        return host.send(
                EmbeddedHost.DIRECT,
                exchange -> exchange.getMessage().setBody(request(orderId, deadline)));
    }

    private static OrderLookupRequest request(String orderId, @Nullable Instant deadline) {
        return new OrderLookupRequest(CUSTOMER, orderId, deadline, Until.SETTLED);
    }
}
