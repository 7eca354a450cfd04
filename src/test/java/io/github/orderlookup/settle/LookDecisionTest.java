package io.github.orderlookup.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.OrderLookupRequest.Until;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.settle.LookDecision.Again;
import io.github.orderlookup.settle.LookDecision.Failed;
import io.github.orderlookup.settle.LookDecision.Found;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookDecisionTest {

    private static final Instant ASKED = Instant.parse("2026-01-31T12:00:00Z");
    private static final Order PENDING = order("pending", "");
    private static final OrderLookupRequest REQUEST =
            new OrderLookupRequest("customer", "order", null, Until.SETTLED);

    @Test
    void aSettledOrderIsTheOutcome() {
        LookDecision decision = found(order("error", ""), 0);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.state().isSettled()).isTrue());
    }

    @Test
    void anOrderThatMovesIsLookedAtAgain() {
        Waiting next = ((Again) found(PENDING, 0)).next();

        assertThat(next.looks()).isEqualTo(1);
        assertThat(next.found()).isTrue();
        assertThat(next.lastOrder()).isEqualTo(OrderJson.bytes(PENDING));
        assertThat(next.due()).isBetween(ASKED.plusSeconds(10), ASKED.plusSeconds(11));
    }

    @Test
    void anOrderThatMovesAtTheEndIsTheOutcome() {
        LookDecision decision = found(PENDING, 3_600);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.state().isSettled()).isFalse());
    }

    @Test
    void aLargeOrderDoesNotWaitWithItsRequest() {
        Waiting next =
                ((Again) found(order("pending", "x".repeat(Waiting.LARGEST_ORDER)), 0)).next();

        assertThat(next.lastOrder()).isNull();
        assertThat(next.found()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // type, code, found before, seconds since it was asked, decision
        "ORDER_NOT_FOUND, 20000, false, 0, Again",
        "ORDER_NOT_FOUND, 20000, false, 899, Again",
        "ORDER_NOT_FOUND, 20000, false, 900, Failed",
        "ORDER_NOT_FOUND, 20000, true, 900, Again",
        "ORDER_NOT_FOUND, 20000, true, 3600, Found",
        "ORDER_NOT_FOUND, 800007, false, 0, Failed",
        "CUSTOMER_NOT_FOUND, 60003, false, 0, Failed",
        "ACCESS_DENIED, 0, true, 0, Failed",
        "INVALID_REQUEST, 0, false, 0, Failed",
        "INVALID_UPSTREAM_RESPONSE, 0, false, 0, Failed",
        "AUTHENTICATION_FAILED, 0, false, 0, Failed",
        "INTERNAL_ERROR, 0, false, 0, Failed",
        "OVERLOADED, 0, true, 0, Failed",
        "THROTTLED, 0, false, 0, Again",
        "UPSTREAM_UNAVAILABLE, 0, false, 0, Again",
        "UPSTREAM_TIMEOUT, 0, false, 0, Again",
        "DEADLINE_EXCEEDED, 0, false, 0, Again",
        "UPSTREAM_UNAVAILABLE, 0, false, 3600, Failed",
        "UPSTREAM_UNAVAILABLE, 0, true, 3600, Found"
    })
    void aProblemIsTheOutcomeUnlessItMayPass(
            ProblemType type, String code, boolean found, long seconds, String expected) {
        Problem problem =
                Problem.of(type, "It failed.").withUpstream(new Upstream(404, code, null, null));
        Waiting waiting = found ? begin(null).seen(OrderJson.bytes(PENDING)) : begin(null);

        LookDecision decision =
                LookDecision.failed(
                        problem, waiting, LookSchedule.USUAL, ASKED.plusSeconds(seconds));

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
        if (decision instanceof Failed failed) {
            assertThat(failed.problem()).isEqualTo(problem);
        }
    }

    @Test
    void theDeadlineEndsTheWaitWhenItComesBeforeTheTimeout() {
        assertThat(begin(ASKED.plusSeconds(60)).end()).isEqualTo(ASKED.plusSeconds(60));
        assertThat(begin(ASKED.plusSeconds(7_200)).end()).isEqualTo(ASKED.plusSeconds(3_600));
    }

    private static LookDecision found(Order order, long seconds) {
        return LookDecision.found(
                order, begin(null), LookSchedule.USUAL, ASKED.plusSeconds(seconds));
    }

    private static Waiting begin(@Nullable Instant deadline) {
        return Waiting.begin(
                new OrderLookupRequest(
                        REQUEST.customerId(), REQUEST.orderId(), deadline, Until.SETTLED),
                ASKED,
                ASKED,
                Duration.ofHours(1));
    }

    private static Order order(String status, String more) {
        String json = "{\"id\":\"order\",\"status\":\"%s\",\"x\":\"%s\"}".formatted(status, more);
        try {
            return OrderJson.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
