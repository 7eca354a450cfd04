package io.github.orderlookup.settle;

import io.github.orderlookup.lookup.OrderLookupRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its order to settle, between two looks. All moments are those of the
 * wall clock, since a request waits across processes. Immutable.
 *
 * @param asked the time stamp of the request
 * @param end no further look is made from then on
 * @param looks made so far
 * @param due when the next look is
 * @param found whether a look has found the order
 * @param lastOrder the bytes of the Order that was last seen, at most {@link #LARGEST_ORDER}; null
 *     when none was seen or the last one is larger. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
public record Waiting(
        OrderLookupRequest request,
        Instant asked,
        Instant end,
        int looks,
        Instant due,
        boolean found,
        byte @Nullable [] lastOrder) {

    /** The exchange property that holds it. */
    public static final String PROPERTY = "order-lookup-waiting";

    /** A larger Order does not wait with its request. */
    public static final int LARGEST_ORDER = 16 * 1024;

    /** An order that was placed a moment ago may not be found yet. */
    private static final Duration YOUNG = Duration.ofMinutes(15);

    /**
     * The request as it came in, before its first look.
     *
     * @param arrived when this process took it
     * @param timeout how long a request waits at most
     */
    public static Waiting begin(
            OrderLookupRequest request, Instant asked, Instant arrived, Duration timeout) {
        Instant end = arrived.plus(timeout);
        Instant deadline = request.deadline();
        return new Waiting(
                request,
                asked,
                deadline != null && deadline.isBefore(end) ? deadline : end,
                0,
                arrived,
                false,
                null);
    }

    /** Whether an order that is not found may still turn up. */
    boolean mayTurnUp(Instant now) {
        return found || now.isBefore(asked.plus(YOUNG));
    }

    /** Whether no further look is made. */
    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** After a look at an order that moves. */
    Waiting seen(byte[] order) {
        return new Waiting(
                request,
                asked,
                end,
                looks,
                due,
                true,
                order.length <= LARGEST_ORDER ? order : null);
    }

    /** Without the Order that was last seen. */
    public Waiting withoutOrder() {
        return new Waiting(request, asked, end, looks, due, found, null);
    }

    /** Waits for the next look. */
    Waiting until(Instant nextDue) {
        return new Waiting(request, asked, end, looks + 1, nextDue, found, lastOrder);
    }
}
