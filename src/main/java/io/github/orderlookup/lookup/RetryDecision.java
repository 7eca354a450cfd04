package io.github.orderlookup.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What to do after an attempt that failed: a pure decision, on which the caller acts.
 *
 * <p>What the remote asked for ({@code Retry-After}) is obeyed; where it asked for nothing, the
 * wait is exponential with full jitter: before attempt n+1 anything from nothing to 200 ms times
 * 2<sup>n-1</sup>, at most 20 s. Throttled requests count against the budget too, so nobody repeats
 * at once because the remote said zero.
 */
public sealed interface RetryDecision {

    /** The lookup ends with the problem of its last failure. */
    record GiveUp() implements RetryDecision {}

    /**
     * Another attempt.
     *
     * @param delay how long to wait before it, zero or more
     * @param newRequestId whether it needs a new {@code MS-RequestId}
     */
    record Retry(Duration delay, boolean newRequestId) implements RetryDecision {}

    /** The longest first wait; doubles with each attempt. */
    Duration BASE = Duration.ofMillis(200);

    /** The longest wait of all, unless the remote asks for more. */
    Duration CAP = Duration.ofSeconds(20);

    /**
     * Decides about another attempt. There is none when the next permitted moment is not before the
     * deadline: whoever waits learns it now.
     *
     * @param attempts attempts made so far, the failed one included; 1 or more
     * @param maxAttempts how many there may be, the first included
     * @param tokenRenewed whether the lookup has had its one fresh token
     * @param deadline null for none
     * @param random asked only for a jittered wait
     */
    static RetryDecision decide(
            Failure failure,
            int attempts,
            int maxAttempts,
            boolean tokenRenewed,
            Instant now,
            @Nullable Instant deadline,
            RandomGenerator random) {
        boolean tokenSpent = failure.freshToken() && tokenRenewed;
        if (!failure.retry() || tokenSpent || attempts >= maxAttempts) {
            return new GiveUp();
        }
        Duration delay = delay(failure, attempts, random);
        // Compared as a distance: a sum could lie beyond the last moment that Java knows.
        boolean tooLate = deadline != null && Duration.between(now, deadline).compareTo(delay) <= 0;
        return tooLate ? new GiveUp() : new Retry(delay, failure.answered());
    }

    private static Duration delay(Failure failure, int attempts, RandomGenerator random) {
        if (failure.freshToken()) {
            return Duration.ZERO;
        }
        Duration asked = failure.retryAfter();
        return asked == null || asked.isZero() || asked.isNegative()
                ? backOff(attempts, random)
                : asked;
    }

    private static Duration backOff(int attempts, RandomGenerator random) {
        int doublings = Math.min(Math.max(attempts - 1, 0), 10);
        long longest = Math.min(CAP.toMillis(), BASE.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(longest + 1));
    }
}
