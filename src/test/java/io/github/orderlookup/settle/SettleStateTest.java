package io.github.orderlookup.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.settle.SettleState.Kind;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettleStateTest {

    @ParameterizedTest
    @CsvSource({
        "completed, COMPLETED, the order is completed",
        "Completed, COMPLETED, the order is completed",
        "cancelled, CANCELLED, the order is cancelled",
        "suspended, SUSPENDED, the order is suspended",
        "po_review_rejected, PO_REVIEW_REJECTED, the review has rejected the purchase order",
        "PO review rejected, PO_REVIEW_REJECTED, the review has rejected the purchase order",
        "poReviewRejected, PO_REVIEW_REJECTED, the review has rejected the purchase order",
        "partial-success, PARTIAL_SUCCESS, some subscriptions were not provisioned and must be bought again",
        "error, ERROR, the order has failed and must be placed again",
        "pending, MOVING, the order is pending",
        "pending_review, MOVING, the order waits for its review",
        "Pending PO Upload, MOVING, the order waits for the upload of a purchase order",
        "po_upload_complete, MOVING, the purchase order waits for its review",
        "pending_credit_check, MOVING, the order is pending: pending_credit_check",
        "unknown, UNKNOWN, the order has no status yet",
        "none, UNKNOWN, the order has no status yet",
        "teleported, UNKNOWN, the status of the order is not known: teleported"
    })
    void isThatOfTheStatus(String status, Kind kind, String reason) {
        SettleState state = SettleState.of(order("\"status\":\"" + status + "\""));

        assertThat(state).isEqualTo(new SettleState(kind, reason));
        assertThat(state.isSettled()).isEqualTo(kind != Kind.MOVING && kind != Kind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "monthly  | {'lineItemNumber':0,'quantity':1,'subscriptionId':'s'} | the order is completed",
                "monthly  | {'lineItemNumber':2,'quantity':1} | line 2 has no subscription yet",
                "monthly  | {'quantity':1,'subscriptionId':' '} | line 0 has no subscription yet",
                "monthly  | {'quantity':1,'subscriptionId':null} | line 0 has no subscription yet",
                "monthly  | {'quantity':0} | the order is completed",
                "monthly  | {} | the order is completed",
                "one_time | {'quantity':1} | the order is completed",
                "OneTime  | {'quantity':1} | the order is completed",
                "none     | {'quantity':1} | the order is completed",
                "unknown  | {'quantity':1} | line 0 has no subscription yet",
                "annual   | {'quantity':1},{'quantity':2} | lines 0, 1 have no subscription yet"
            })
    void ofACompletedOrderDependsOnItsLines(String cycle, String lines, String reason) {
        SettleState state =
                SettleState.of(
                        order(
                                "\"status\":\"completed\",\"billingCycle\":\"%s\",\"lineItems\":[%s]"
                                        .formatted(cycle, lines.replace('\'', '"'))));

        assertThat(state.reason()).isEqualTo(reason);
        assertThat(state.isSettled()).isEqualTo(reason.equals("the order is completed"));
    }

    @Test
    void ofAnOrderWithoutABillingCycleDependsOnItsLines() {
        Order order = order("\"status\":\"completed\",\"lineItems\":[{\"quantity\":1}]");

        assertThat(SettleState.of(order).isSettled()).isFalse();
    }

    @Test
    void isUnknownWithoutAStatus() {
        assertThat(SettleState.of(order("\"id\":\"a\"")).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(SettleState.of(order("\"status\":null")).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void isDescribedInAtMost200Characters() {
        String lines =
                IntStream.range(0, 1_000)
                        .mapToObj(
                                n ->
                                        "{\"quantity\":1,\"lineItemNumber\":"
                                                + (2_000_000_000 + n)
                                                + "}")
                        .collect(Collectors.joining(","));
        Order many = order("\"status\":\"completed\",\"lineItems\":[" + lines + "]");
        Order strange = order("\"status\":\"" + "\\u202e".repeat(500) + "\"");

        assertThat(SettleState.of(many).reason())
                .contains("and 995 more")
                .hasSizeLessThanOrEqualTo(200);
        assertThat(SettleState.of(strange).reason()).hasSizeLessThanOrEqualTo(200);
    }

    private static Order order(String members) {
        try {
            return OrderJson.read(("{" + members + "}").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(members, e);
        }
    }
}
