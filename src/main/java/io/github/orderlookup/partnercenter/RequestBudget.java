package io.github.orderlookup.partnercenter;

import java.time.Duration;
import java.time.Instant;

/**
 * The calls that may start in any 60 seconds, spread evenly: two at once at most, then one each
 * {@code 60 s / (limit - 1)}, so that no window of 60 seconds ever holds more than the limit.
 *
 * <p>Source: Partner Center allows 500 requests a minute, and refused requests count (API
 * throttling guidance, 2021). Not thread-safe; guarded by {@link CallGate}.
 */
final class RequestBudget {

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final Duration interval;
    private final int burst;
    private Instant theoretical = Instant.MIN;

    /**
     * @param requestsPerMinute 0 for no limit
     */
    RequestBudget(int requestsPerMinute) {
        // Rounded up: an interval short of a nanosecond lets one call too many into a window.
        this.interval =
                requestsPerMinute == 0
                        ? Duration.ZERO
                        : WINDOW.dividedBy(Math.max(1, requestsPerMinute - 1)).plusNanos(1);
        this.burst = requestsPerMinute < 2 ? 1 : 2;
    }

    /** The first moment at which a call may start; not after {@code now} when it may at once. */
    Instant nextPermit(Instant now) {
        if (interval.isZero() || theoretical.equals(Instant.MIN)) {
            return now;
        }
        return theoretical.minus(interval.multipliedBy(burst - 1L));
    }

    /** A call starts. */
    void take(Instant now) {
        if (!interval.isZero()) {
            Instant base = theoretical.isAfter(now) ? theoretical : now;
            theoretical = base.plus(interval);
        }
    }
}
