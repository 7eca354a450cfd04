package io.github.orderlookup.settle;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Lookup.OrderState;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settle.LookDecision.Again;
import io.github.orderlookup.settle.LookDecision.Found;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The steps around a look at an order: begin it, and decide what follows. They do nothing for a
 * request that does not wait for its order to settle. Thread-safe.
 */
public final class Looks {

    /** The exchange property with the time stamp of the request; without it, that is now. */
    public static final String ASKED = "order-lookup-asked";

    /** Looks that are due within it come together, whatever the clocks of one process differ. */
    private static final long TOGETHER_MILLIS = 100;

    private final LookSchedule schedule;
    private final Duration timeout;
    private final Clock clock;
    private final Clock wall;

    /**
     * @param timeout how long a request waits at most
     * @param clock monotonic
     * @param wall for moments that outlive this process
     */
    public Looks(LookSchedule schedule, Duration timeout, Clock clock, Clock wall) {
        this.schedule = schedule;
        this.timeout = timeout;
        this.clock = clock;
        this.wall = wall;
    }

    public LookSchedule schedule() {
        return schedule;
    }

    /** Whether another look follows, or the first one: the condition of the loop. */
    public boolean isUnsettled(Exchange exchange) {
        Object last = exchange.getProperty(LookDecision.PROPERTY);
        return last == null ? exchange.getProperty(Lookup.PROPERTY) == null : last instanceof Again;
    }

    /** Whether the request goes on waiting. */
    public boolean isMoving(Exchange exchange) {
        return exchange.getProperty(LookDecision.PROPERTY) instanceof Again;
    }

    /** Makes the message the request again, and its lookup the next one. */
    public void begin(Exchange exchange) {
        if (exchange.removeProperty(LookDecision.PROPERTY) instanceof Again again) {
            Lookup before = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
            LookupExchange.replace(exchange, before.lookAgain(monotonic(again.next().due())));
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(again.next().request());
        }
    }

    /** The moment of the monotonic clock at which a look is due, for all processes alike. */
    public Instant monotonic(Instant due) {
        long millis = clock.instant().plus(Duration.between(wall.instant(), due)).toEpochMilli();
        return Instant.ofEpochMilli(
                Math.floorDiv(millis, TOGETHER_MILLIS) * TOGETHER_MILLIS + TOGETHER_MILLIS);
    }

    /** Decides what follows a look. The body is an Order or a problem, and stays the outcome. */
    public void decide(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup == null || exchange.isRouteStop()) {
            return;
        }
        lookup.request()
                .filter(OrderLookupRequest::untilSettled)
                .ifPresent(request -> decide(exchange, lookup, request));
    }

    private void decide(Exchange exchange, Lookup lookup, OrderLookupRequest request) {
        Instant now = wall.instant();
        Waiting waiting =
                Optional.ofNullable(exchange.getProperty(Waiting.PROPERTY, Waiting.class))
                        .orElseGet(() -> firstLook(exchange, lookup, request, now));
        LookDecision decision =
                exchange.getMessage().getBody() instanceof Order order
                        ? LookDecision.found(order, waiting, schedule, now)
                        : LookDecision.failed(
                                exchange.getMessage().getBody(Problem.class),
                                waiting,
                                schedule,
                                now);
        exchange.setProperty(LookDecision.PROPERTY, decision);
        if (decision instanceof Again again) {
            exchange.setProperty(Waiting.PROPERTY, again.next());
        } else if (decision instanceof Found found) {
            exchange.getMessage().setBody(found.order());
            lookup.orderState(state(found.state(), Duration.between(waiting.asked(), now)));
        }
    }

    private Waiting firstLook(
            Exchange exchange, Lookup lookup, OrderLookupRequest request, Instant now) {
        Instant arrived = now.minus(Duration.between(lookup.arrived(), clock.instant()));
        Instant asked = exchange.getProperty(ASKED, arrived, Instant.class);
        return Waiting.begin(request, asked.isAfter(now) ? now : asked, arrived, timeout);
    }

    private static OrderState state(SettleState state, Duration since) {
        return new OrderState(state.isSettled(), state.kind().label(), state.reason(), since);
    }
}
