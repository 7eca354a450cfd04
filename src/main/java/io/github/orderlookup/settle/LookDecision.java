package io.github.orderlookup.settle;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.time.Instant;
import java.util.Optional;

/**
 * What follows a look at an order: another look, or the outcome of the request. Pure.
 *
 * <p>A problem that may pass (Partner Center is down, throttles, or did not answer in time) says
 * nothing of the order: the next look is awaited. An order that is not found may still turn up
 * within 15 minutes of the request, or when an earlier look has found it. Any other problem is the
 * outcome.
 *
 * <p>When the time is up, the outcome is the Order that was last seen; the problem, when the order
 * was never found, or the last Order is too large to have waited with its request.
 */
public sealed interface LookDecision {

    /** Another look follows. */
    record Again(Waiting next) implements LookDecision {}

    /**
     * The outcome is an Order.
     *
     * @param order the one of this look, or of an earlier one
     */
    record Found(Order order, SettleState state) implements LookDecision {}

    /** The outcome is the problem of this look. */
    record Failed(Problem problem) implements LookDecision {}

    /** The exchange property that holds the decision about the last look. */
    String PROPERTY = "order-lookup-look";

    /** The code of a 404 for an order that Partner Center does not know, or not yet. */
    String NOT_FOUND = "20000";

    /** Decides after a look that has found an Order. */
    static LookDecision found(Order order, Waiting waiting, LookSchedule schedule, Instant now) {
        SettleState state = SettleState.of(order);
        return state.isSettled() || waiting.isOver(now)
                ? new Found(order, state)
                : again(waiting.seen(OrderJson.bytes(order)), schedule, now);
    }

    /** Decides after a look that has ended in a problem. */
    static LookDecision failed(
            Problem problem, Waiting waiting, LookSchedule schedule, Instant now) {
        if (!mayPass(problem, waiting, now)) {
            return new Failed(problem);
        }
        if (!waiting.isOver(now)) {
            return again(waiting, schedule, now);
        }
        return lastOrder(waiting)
                .<LookDecision>map(order -> new Found(order, SettleState.of(order)))
                .orElseGet(() -> new Failed(problem));
    }

    private static Again again(Waiting waiting, LookSchedule schedule, Instant now) {
        Instant due = schedule.next(waiting.request(), waiting.looks() + 1, now, waiting.end());
        return new Again(waiting.until(due));
    }

    /** A lookup that is overloaded was dropped: the process stops, or its caller is gone. */
    private static boolean mayPass(Problem problem, Waiting waiting, Instant now) {
        if (problem.type() == ProblemType.ORDER_NOT_FOUND) {
            return isUnknownOrder(problem) && waiting.mayTurnUp(now);
        }
        return problem.type().retryable() && problem.type() != ProblemType.OVERLOADED;
    }

    private static boolean isUnknownOrder(Problem problem) {
        return problem.upstream() != null && NOT_FOUND.equals(problem.upstream().code());
    }

    private static Optional<Order> lastOrder(Waiting waiting) {
        byte[] last = waiting.lastOrder();
        try {
            return last == null ? Optional.empty() : Optional.of(OrderJson.readUncopied(last));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An Order that was read once cannot be read again", e);
        }
    }
}
