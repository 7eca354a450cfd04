package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The response timeout is for the whole answer, its body included. */
class CallTimeTest {

    private static EmbeddedHost host;

    @BeforeAll
    static void start() {
        host =
                EmbeddedHost.builder()
                        .setting("partner-center.response-timeout", "1s")
                        .setting("order-lookup.max-attempts", "2")
                        .setting("order-lookup.max-in-flight", "3")
                        .start();
        host.outcome("order--warm");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void endsEveryAnswerThatTakesTooLongAndAsksAgainWithTheSameId() {
        // The slow one sends a byte each 20 ms: about 17 s without ever falling silent.
        List<String> orderIds = List.of("hang", "hang-mid-body", "slow-20");

        List<CompletableFuture<Object>> outcomes =
                orderIds.stream()
                        .map(id -> new OrderLookupRequest(UUID.randomUUID().toString(), id))
                        .map(host::outcomeLater)
                        .toList();

        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .allSatisfy(outcome -> assertTimeout((Problem) outcome));
        assertThat(orderIds)
                .allSatisfy(
                        id ->
                                assertThat(host.simulator().apiLog().forOrder(id))
                                        .hasSize(2)
                                        .extracting(call -> call.header("MS-RequestId"))
                                        .containsOnly(
                                                host.simulator()
                                                        .apiLog()
                                                        .forOrder(id)
                                                        .get(0)
                                                        .header("MS-RequestId")));
        assertThat(host.outcome("order--after")).isInstanceOf(Order.class);
    }

    @Test
    void findsTheOrderWhenTheSecondAnswerIsInTime() {
        assertThat(host.outcome("hang-once")).isInstanceOf(Order.class);
    }

    private static void assertTimeout(Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT);
        assertThat(problem.attempts()).isEqualTo(2);
        assertThat(problem.upstream()).isNull();
    }
}
