package io.github.orderlookup.settle;

import io.github.orderlookup.order.BillingCycle;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderLineItem;
import io.github.orderlookup.order.OrderStatus;
import io.github.orderlookup.text.VisibleText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether an order is settled, and why, in words. Pure.
 *
 * <p>A {@code completed} order is settled once each of its lines with a quantity above 0 has a
 * subscription; lines of an order that is billed once or not at all need none. The status comes as
 * {@code po_review_rejected}, {@code poReviewRejected} and {@code PO review rejected}: blanks,
 * {@code _}, {@code -} and case do not count. Source: Partner Center documentation, "Order
 * resources" (state of 2023-07).
 *
 * @param reason a sentence without its full stop, at most 200 characters
 */
public record SettleState(Kind kind, String reason) {

    /** The final states apart, the others in two kinds. The names are labels of metrics. */
    public enum Kind {
        COMPLETED(true),
        CANCELLED(true),
        SUSPENDED(true),
        PO_REVIEW_REJECTED(true),
        PARTIAL_SUCCESS(true),
        ERROR(true),
        MOVING(false),
        /** Without a status, or with one that is not known: looked at again, as one that moves. */
        UNKNOWN(false);

        private final boolean settled;

        Kind(boolean settled) {
            this.settled = settled;
        }

        /** As a label of metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST_STATUS = 60;
    private static final int NAMED_LINES = 5;

    /** The state of an order as Partner Center has sent it. */
    public static SettleState of(Order order) {
        String status = order.status().map(OrderStatus::text).orElse("");
        return switch (normal(status)) {
            case "completed" -> completed(order);
            case "cancelled", "canceled" ->
                    new SettleState(Kind.CANCELLED, "the order is cancelled");
            case "suspended" -> new SettleState(Kind.SUSPENDED, "the order is suspended");
            case "poreviewrejected" ->
                    new SettleState(
                            Kind.PO_REVIEW_REJECTED, "the review has rejected the purchase order");
            case "partialsuccess" ->
                    new SettleState(
                            Kind.PARTIAL_SUCCESS,
                            "some subscriptions were not provisioned and must be bought again");
            case "error" ->
                    new SettleState(Kind.ERROR, "the order has failed and must be placed again");
            case "pending" -> moving("the order is pending");
            case "pendingreview" -> moving("the order waits for its review");
            case "pendingpoupload" -> moving("the order waits for the upload of a purchase order");
            case "pouploadcomplete" -> moving("the purchase order waits for its review");
            case "", "unknown", "none" ->
                    new SettleState(Kind.UNKNOWN, "the order has no status yet");
            default -> other(status);
        };
    }

    private static String normal(String status) {
        return status.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }

    private static SettleState moving(String reason) {
        return new SettleState(Kind.MOVING, reason);
    }

    private static SettleState other(String status) {
        String shown = VisibleText.of(status, LONGEST_STATUS);
        return normal(status).startsWith("pending")
                ? moving("the order is pending: " + shown)
                : new SettleState(Kind.UNKNOWN, "the status of the order is not known: " + shown);
    }

    private static SettleState completed(Order order) {
        List<String> missing =
                order.billingCycle().filter(SettleState::needsNone).isPresent()
                        ? List.of()
                        : linesWithoutSubscription(order.lineItems());
        return missing.isEmpty()
                ? new SettleState(Kind.COMPLETED, "the order is completed")
                : moving(words(missing));
    }

    private static boolean needsNone(BillingCycle cycle) {
        String normal = normal(cycle.text());
        return normal.equals("onetime") || normal.equals("none");
    }

    /** Their numbers as Partner Center counts them, from 0. */
    private static List<String> linesWithoutSubscription(List<OrderLineItem> lines) {
        return IntStream.range(0, lines.size())
                .filter(index -> needsSubscription(lines.get(index)))
                .mapToObj(
                        index -> Integer.toString(lines.get(index).lineItemNumber().orElse(index)))
                .toList();
    }

    private static boolean needsSubscription(OrderLineItem line) {
        return line.quantity().orElse(0) > 0
                && line.subscriptionId().filter(id -> !id.isBlank()).isEmpty();
    }

    private static String words(List<String> lines) {
        if (lines.size() == 1) {
            return "line " + lines.get(0) + " has no subscription yet";
        }
        String named = lines.stream().limit(NAMED_LINES).collect(Collectors.joining(", "));
        int others = lines.size() - NAMED_LINES;
        return "lines "
                + named
                + (others > 0 ? " and " + others + " more" : "")
                + " have no subscription yet";
    }

    public boolean isSettled() {
        return kind.settled;
    }
}
