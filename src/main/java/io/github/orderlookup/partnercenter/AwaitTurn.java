package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Lookup.Door;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import io.github.orderlookup.partnercenter.Turn.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step at which a lookup waits for its turn to call. The wait holds no thread; routing goes on,
 * on a thread of the gate's executor, once the call may leave.
 *
 * <p>A lookup whose time runs out here fails with its last failure, or with {@code
 * deadline-exceeded} if no attempt has finished. During an outage a Kafka lookup waits here for its
 * end, and starts anew then; the others fail at once. A Kafka lookup that is dropped because the
 * process stops ends its route without an outcome: its offset stays uncommitted and another
 * instance takes it up.
 */
public final class AwaitTurn extends AsyncProcessorSupport {

    /** Exchange property that holds the turn while the call is under way. */
    static final String TURN = "order-lookup-turn";

    private final CallGate gate;
    private final Clock clock;
    private final Duration allowance;
    private final boolean collapse;

    /**
     * @param collapse whether lookups of the same order that wait share one call
     */
    public AwaitTurn(CallGate gate, Clock clock, Duration allowance, boolean collapse) {
        this.gate = gate;
        this.clock = clock;
        this.allowance = allowance;
        this.collapse = collapse;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        OrderLookupRequest request = lookup.request().orElseThrow();
        Instant entered = clock.instant();
        Instant ready = lookup.notBefore().isAfter(entered) ? lookup.notBefore() : entered;
        Turn turn =
                new Turn(
                        request.customerId() + "/" + request.orderId(),
                        collapse,
                        request.customerId(),
                        lookup.door(),
                        lookup.attempts() == 0,
                        lookup.notBefore(),
                        deadlineOfTheWait(lookup),
                        verdict -> {
                            settle(exchange, lookup, verdict, ready);
                            callback.done(false);
                        });
        exchange.setProperty(TURN, turn);
        gate.enter(turn);
        return false;
    }

    /**
     * Over Kafka the clock stands still here, so that only a deadline of the request itself counts.
     */
    private @Nullable Instant deadlineOfTheWait(Lookup lookup) {
        return lookup.door() == Door.KAFKA
                ? lookup.request().map(OrderLookupRequest::deadline).orElse(null)
                : lookup.deadline(allowance).orElse(null);
    }

    private void settle(Exchange exchange, Lookup lookup, Verdict verdict, Instant ready) {
        Instant now = clock.instant();
        Turn turn = exchange.getProperty(TURN, Turn.class);
        if (verdict != Verdict.GRANTED) {
            exchange.removeProperty(TURN);
        }
        switch (verdict) {
            case GRANTED -> {
                if (turn.outlasted) {
                    lookup.startAnew();
                }
                lookup.permit(now, Duration.between(ready, now));
            }
            case SHARED -> {
                lookup.permit(now, Duration.between(ready, now));
                take(exchange, lookup, Objects.requireNonNull(turn.result));
            }
            case EXPIRED -> exchange.setException(expired(lookup));
            case OVERLOADED ->
                    exchange.setException(
                            overloaded(
                                    lookup,
                                    "All calls to Partner Center are taken; try again soon."));
            case OUTAGE ->
                    exchange.setException(outage(lookup, Objects.requireNonNull(turn.outage)));
            case DROPPED -> drop(exchange, lookup);
        }
    }

    /** Takes the result of a call for the same order as that of an attempt of its own. */
    private static void take(Exchange exchange, Lookup lookup, CallResult result) {
        lookup.shareAttempt(result.requestId());
        exchange.getMessage().setBody(result.body());
        if (result.failure() == null) {
            lookup.answer();
        } else {
            lookup.fail(result.failure());
        }
    }

    /** The outage decides the problem; what was answered before stays in it. */
    private static OrderLookupException outage(Lookup lookup, Failure outage) {
        Upstream last = lookup.failure().map(Failure::upstream).orElse(null);
        lookup.fail(outage);
        return new OrderLookupException(lookup.describe(outage).withUpstream(last));
    }

    private static void drop(Exchange exchange, Lookup lookup) {
        if (lookup.door() == Door.KAFKA) {
            exchange.setRouteStop(true);
        } else {
            exchange.setException(overloaded(lookup, "The service is stopping; try again soon."));
        }
    }

    /**
     * What a lookup without any time left ends in: its last failure, if an attempt has finished.
     */
    static OrderLookupException expired(Lookup lookup) {
        return new OrderLookupException(
                lookup.failure()
                        .map(lookup::describe)
                        .orElseGet(
                                () ->
                                        lookup.describe(
                                                Problem.of(
                                                        ProblemType.DEADLINE_EXCEEDED,
                                                        "The deadline passed before an attempt to ask Partner Center"
                                                                + " had finished."))));
    }

    private static OrderLookupException overloaded(Lookup lookup, String detail) {
        return new OrderLookupException(
                lookup.describe(Problem.of(ProblemType.OVERLOADED, detail)));
    }
}
