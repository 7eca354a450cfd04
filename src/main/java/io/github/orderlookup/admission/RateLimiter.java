package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rate limit: a generic cell rate algorithm (GCRA) with a burst of two. At most two calls start
 * at once, then one after the other at the same distance, so that no interval of 60 seconds holds
 * more than the limit.
 *
 * <p>A call that is delayed on its way arrives closer to the next one: one in 64 of the limit, at
 * least two calls, is kept free for that.
 *
 * <p>When the service refuses a call all the same, the limit is wrong or shared. The rate then
 * decreases to the number of calls in the last 60 seconds, by 5 % at each further refusal, and
 * increases again by a hundredth of the limit every ten seconds (additive increase, multiplicative
 * decrease: AIMD). A refusal after a minute with less than a tenth of the limit says nothing of the
 * rate and does not change it.
 *
 * <p>Source: Partner Center allows 500 requests a minute, and refused requests count (API
 * throttling guidance, 2021). Not thread-safe; guarded by {@link CallLimiter}.
 */
public final class RateLimiter {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final double DECREASE = 0.95;
    private static final double QUIET = 0.1;
    private static final double INCREASE_PER_SECOND = 0.001;

    private final double most;

    /**
     * How far a call may run ahead of its time, for the burst of two. It does not grow when the
     * rate falls: that would let an extra call through.
     */
    private final Duration ahead;

    private final Deque<Instant> starts = new ArrayDeque<>();
    private double rate;
    private Instant rateSince = Instant.MIN;
    private Instant refused = Instant.MIN;
    private Instant theoretical = Instant.MIN;

    /**
     * @param requestsPerMinute 0 for no limit
     */
    public RateLimiter(int requestsPerMinute) {
        this.most =
                requestsPerMinute == 0
                        ? 0
                        : Math.max(1, requestsPerMinute - Math.max(2, requestsPerMinute / 64));
        this.rate = most;
        this.ahead = requestsPerMinute < 2 ? Duration.ZERO : distance(most);
    }

    boolean isUnlimited() {
        return most == 0;
    }

    /** The first moment at which a call may start; not after {@code now} when it may at once. */
    Instant nextPermit(Instant now) {
        if (isUnlimited() || theoretical.equals(Instant.MIN)) {
            return now;
        }
        return theoretical.minus(ahead);
    }

    /**
     * As {@link #nextPermit}, of a call that leaves the burst to others: one that comes next need
     * not wait for it.
     */
    Instant nextPermitThatYields(Instant now) {
        return isUnlimited() ? now : Admission.later(theoretical, now);
    }

    /** A call starts. */
    void take(Instant now) {
        if (isUnlimited()) {
            return;
        }
        theoretical = Admission.later(theoretical, now).plus(distance(rate(now)));
        forget(now);
        starts.add(now);
    }

    /** The service has refused a call: 429. */
    void throttled(Instant now) {
        if (isUnlimited()) {
            return;
        }
        forget(now);
        boolean isFirstInAWhile = refused.equals(Instant.MIN) || refused.plus(WINDOW).isBefore(now);
        if (isFirstInAWhile && starts.size() - 1 < most * QUIET) {
            return;
        }
        double measured = isFirstInAWhile ? starts.size() - 1 : rate(now);
        rate = Math.max(1, Math.min(rate(now), measured) * DECREASE);
        rateSince = now;
        refused = now;
    }

    /** Calls a minute at which the next ones may start; infinite without a limit. */
    double rate(Instant now) {
        if (isUnlimited()) {
            return Double.POSITIVE_INFINITY;
        }
        if (rate >= most) {
            return most;
        }
        double seconds = Duration.between(rateSince, now).toMillis() / 1000.0;
        return Math.min(most, rate + most * INCREASE_PER_SECOND * seconds);
    }

    /**
     * Rounded up: a distance that is a nanosecond short lets one call too many into an interval.
     */
    private static Duration distance(double callsPerMinute) {
        return Duration.ofNanos((long) (WINDOW.toNanos() / callsPerMinute) + 1);
    }

    private void forget(Instant now) {
        Instant begin = now.minus(WINDOW);
        while (!starts.isEmpty() && !starts.element().isAfter(begin)) {
            starts.remove();
        }
    }
}
